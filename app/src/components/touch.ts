/** Whether the device has nothing but a touch screen: its keyboard covers half of the page, and its Enter key begins a new line. */
export function isTouchOnly(): boolean {
  return window.matchMedia("(hover: none) and (pointer: coarse)").matches;
}
