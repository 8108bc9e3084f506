// Light or dark: as the system says, unless the switch says otherwise; remembered by the browser where it may be.

const words = ["", "light", "dark"];

/** A colour of the style sheet as it is now: the browser resolves light-dark() in a property that is a colour, not in a variable. */
export function resolve(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

export class Theme {
  /** @param changed Called after each change. */
  constructor(changed) {
    this.changed = changed;
    this.system = matchMedia("(prefers-color-scheme: dark)");
    this.system.addEventListener("change", () => this.#apply());
    try { this.word = localStorage.getItem("theme") ?? ""; } catch { this.word = ""; }
    this.#apply(false);
  }

  get isDark() { return this.word ? this.word === "dark" : this.system.matches; }

  /** The switch: the other one first, then back to the system's. */
  next() {
    const order = this.system.matches ? ["", "light", "dark"] : ["", "dark", "light"];
    this.word = order[(order.indexOf(this.word) + 1) % words.length];
    try { localStorage.setItem("theme", this.word); } catch { /* A private window keeps nothing. */ }
    this.#apply();
  }

  #apply(isTold = true) {
    document.documentElement.dataset.theme = this.word;
    this.colours = { back: this.#read("--back"), accent: this.#read("--lit"), boxColour: this.#read("--box") };
    if (isTold) this.changed();
  }

  #read(name) { return resolve(name).match(/[\d.]+/g).slice(0, 3).map(one => Number(one) / 255); }
}
