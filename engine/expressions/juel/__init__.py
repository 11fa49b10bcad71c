"""JUEL, the expression language of Camunda 7, Flowable and Activiti (the Unified Expression Language 2.2)."""
