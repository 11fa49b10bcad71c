// The form-js viewer as one script that a page with such a form loads.
import { createForm } from '@bpmn-io/form-js-viewer';

window.FormViewer = { createForm };
