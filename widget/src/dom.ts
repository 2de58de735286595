/** Adds an element to `parent`. No HTML is ever parsed: texts are text, and Trusted Types have nothing to object to. */
export const add = (parent: Node, tag: string, attributes: Record<string, unknown> = {}, text = ""): HTMLElement => {
  const element = (/svg|path/.test(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag)) as HTMLElement;
  for (const name in attributes) element.setAttribute(name, attributes[name] as string);
  element.textContent = text;
  return parent.appendChild(element);
};

/** A face, drawn on 40 × 40 units: a disc of that colour, and lines. */
export const draw = (parent: Node, size: number, colour: string, lines: string): HTMLElement => {
  const svg = add(parent, "svg", { width: size, height: size, viewBox: "0 0 40 40" });
  add(svg, "path", { d: "M20 2a18 18 0 1 0 .1 0", fill: colour, stroke: colour });
  add(svg, "path", { d: lines });
  return svg;
};
