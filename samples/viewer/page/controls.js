// Buttons, sliders and keys; what they do is main.js's.

const find = id => document.getElementById(id);

/** Steps a second of the slider's places; the last is no limit. */
export const limits = [0.5, 1, 2, 3, 5, 8, 12, 20, 30, 60, 120, 240, 0];

export class Controls {
  /** @param camera What keys turn. @param actions pause, step, restart, limit, number, level, still, theme. */
  constructor(camera, actions) {
    this.camera = camera;
    this.actions = actions;
    for (const name of ["pause", "step", "restart", "still", "theme"]) find(name).addEventListener("click", actions[name]);
    find("toggle").addEventListener("click", () => this.togglePanel());
    find("helpButton").addEventListener("click", () => this.#help());
    find("limit").addEventListener("input", event => actions.limit(limits[event.target.value]));
    find("number").addEventListener("change", event => actions.number(Number(event.target.value)));
    find("level").addEventListener("input", event => actions.level(Number(event.target.value)));
    document.addEventListener("keydown", event => this.#key(event));
    addEventListener("resize", () => this.#place());
    if (this.#isNarrow) this.togglePanel();
    this.#place();
  }

  get #isNarrow() { return matchMedia("(max-width: 860px)").matches; }

  /** The points move out of the panel's way. */
  #place() {
    const panel = find("panel"), bar = find("bar").offsetHeight / innerHeight;
    this.camera.shift = panel.hidden ? [0, 0] : this.#isNarrow ? [0, panel.offsetHeight / innerHeight + bar - 0.1] : [-panel.offsetWidth / innerWidth, bar];
    this.camera.moved();
  }

  togglePanel() {
    const panel = find("panel");
    panel.hidden = !panel.hidden;
    find("toggle").setAttribute("aria-expanded", String(!panel.hidden));
    this.#place();
  }

  /** Shows where the run stands. */
  show(state) {
    const isHeld = state.paused || state.over, [icon, word] = find("pause").children;
    icon.textContent = isHeld ? "▶" : "❚❚";
    word.textContent = isHeld ? "Go on" : "Pause";
    find("pause").disabled = find("step").disabled = state.over;
    find("pause").setAttribute("aria-pressed", String(isHeld));
    const at = limits.findIndex(one => one === state.limit);
    if (at >= 0 && document.activeElement !== find("limit")) find("limit").value = at;
    find("limitText").textContent = state.limit > 0 ? `${state.limit} / s` : "free";
  }

  #help() {
    if (!find("help").open) find("help").showModal();
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || find("help").open) return;
    // A help that was just closed keeps the focus until the next frame; its keys are the page's.
    const target = event.target.closest("dialog:not([open])") ? document.body : event.target;
    const inField = target.matches("select, input"), onButton = target.matches("button");
    const act = this.#act(event, target, inField, onButton);
    if (!act) return;
    event.preventDefault();
    act();
  }

  // Fields keep the keys by which they are used themselves.
  #act(event, target, inField, onButton) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, move = event.shiftKey ? 40 : 0, turn = 0.09;
    const go = (x, y) => () => move ? this.camera.pan(x * move, y * move) : this.camera.turn(x * turn, y * turn);
    if (inField && (key.startsWith("Arrow") || target.matches("select"))) return null;
    return {
      " ": onButton ? null : this.actions.pause,
      s: this.actions.step, r: this.actions.restart, p: this.actions.still, t: this.actions.theme,
      b: () => this.togglePanel(), f: () => this.camera.fit(), "?": () => this.#help(), h: () => this.#help(),
      "[": () => this.#slide("limit", -1), "]": () => this.#slide("limit", 1), o: () => this.#next("level"), c: () => this.#nextNumber(),
      "+": () => this.camera.zoom(0.88), "=": () => this.camera.zoom(0.88), "-": () => this.camera.zoom(1.14),
      ArrowLeft: go(-1, 0), ArrowRight: go(1, 0), ArrowUp: go(0, -1), ArrowDown: go(0, 1),
    }[key];
  }

  #slide(id, by) {
    find(id).value = Number(find(id).value) + by;
    find(id).dispatchEvent(new Event("input"));
  }

  #next(id) {
    const slider = find(id), value = Number(slider.value);
    slider.value = value >= Number(slider.max) ? slider.min : value + 1;
    slider.dispatchEvent(new Event("input"));
  }

  #nextNumber() {
    const list = find("number");
    list.selectedIndex = (list.selectedIndex + 1) % Math.max(1, list.options.length);
    list.dispatchEvent(new Event("change"));
  }
}
