/** Adds an element to `parent`. No HTML is ever parsed: texts are text, and Trusted Types have nothing to object to. */
export const add = (parent: Node, tag: string, attributes: Record<string, unknown> = {}, text = ""): HTMLElement => {
  const element = (/svg|path/.test(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag)) as HTMLElement;
  for (const name in attributes) element.setAttribute(name, attributes[name] as string);
  element.textContent = text;
  return parent.appendChild(element);
};
