// The list of systems: their share of the time, and what lights up when one is pointed at.
import { seconds } from "./charts.js";

const every = 4000;

export class Systems {
  #rows = [];
  #sorted = 0;

  /** @param list The list's element. @param light Called with a system, or null. */
  constructor(list, light) {
    this.list = list;
    this.light = light;
  }

  set(systems) {
    this.light(null);
    this.#sorted = 0;
    this.#rows = systems.map(system => {
      const item = document.createElement("li"), button = document.createElement("button");
      const share = document.createElement("span"), name = document.createElement("span"), time = document.createElement("span");
      [share.className, time.className] = ["share", "seconds"];
      share.style.transform = "scaleX(0)";
      name.textContent = system.name;
      button.title = system.access;
      button.append(share, name, time);
      item.append(button);
      const over = isLit => { button.classList.toggle("lit", isLit); this.light(isLit ? system : null); };
      for (const [event, isLit] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) button.addEventListener(event, () => over(isLit));
      return { item, share, time, value: 0 };
    });
    this.list.replaceChildren(...this.#rows.map(row => row.item));
  }

  /** New times: bars now, their order only now and then, and never while one of them is pointed at. */
  update(times) {
    const most = Math.max(...times, 1e-12);
    this.#rows.forEach((row, i) => {
      row.value += (this.#sorted ? 0.3 : 1) * ((times[i] ?? 0) - row.value);
      row.share.style.transform = `scaleX(${(row.value / most).toFixed(4)})`;
      row.time.textContent = seconds(row.value);
    });
    if (performance.now() - this.#sorted < every || this.list.matches(":hover, :focus-within")) return;
    this.#sorted = performance.now();
    this.list.append(...[...this.#rows].sort((a, b) => b.value - a.value).map(row => row.item));
  }
}
