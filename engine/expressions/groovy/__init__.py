"""The part of Groovy that conditions, script tasks and listeners of Camunda 7 and Flowable files are written in."""
