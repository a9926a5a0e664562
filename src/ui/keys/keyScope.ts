/** Whether a key belongs to what has the focus, or is free to be a shortcut. */

const textFields = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
const buttonLike =
  'button, a[href], summary, [role="button"], [role="switch"], [role="checkbox"], [role="tab"]';
/** Things that the arrow keys move about in. */
const arrowLike =
  '[role="slider"], [role="tablist"], [role="radiogroup"], [role="toolbar"], [role="separator"][tabindex], ' +
  '[role="grid"], [role="listbox"], [role="tree"], [role="spinbutton"]';
const openPopups = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], dialog[open]';

const arrowKeys = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);
/** Fields that take no text and leave letters free. */
const textlessInputs = new Set(['button', 'checkbox', 'color', 'radio', 'range', 'file', 'submit', 'reset']);

/** False for keys typed into a field, meant for the focused control, or pressed while a dialog or menu is open. */
export function isFreeKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || document.querySelector(openPopups)) {
    return false;
  }
  const target = event.target instanceof Element ? event.target : null;
  if (!target) {
    return true;
  }
  const field = target.closest(textFields);
  if (field && !isTextless(field)) {
    return false;
  }
  if (event.code === 'Space' || event.key === 'Enter') {
    return !field && !target.closest(buttonLike);
  }
  const isPlainArrow = arrowKeys.has(event.key) && !event.altKey;
  return !(isPlainArrow && (field || target.closest(arrowLike)));
}

function isTextless(field: Element): boolean {
  return field instanceof HTMLInputElement && textlessInputs.has(field.type);
}
