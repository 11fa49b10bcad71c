// The diagram viewer as one script: bpmn-js with zooming and moving, its licence mark kept.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

window.BpmnViewer = NavigatedViewer;
