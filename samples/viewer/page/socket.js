// The WebSocket to the run. It comes back by itself, later and later, when it is cut.
import { read } from "./frame.js";

const soonest = 250, latest = 8000;

export class Socket {
  #wait = soonest;
  #socket = null;

  /** @param handlers Functions by the kind of message: scene, state, statistics, frame, sizes; and link(isOpen, wait). */
  constructor(handlers) {
    this.handlers = handlers;
    this.#open();
    // A page that was hidden, or a machine that slept, need not wait any longer.
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !this.#socket) this.#open(); });
  }

  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Cuts the socket, as a lost network would; tests do. */
  cut() {
    this.#socket?.close();
  }

  #open() {
    clearTimeout(this.timer);
    const socket = new WebSocket(`ws://${location.host}/socket${location.search}`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = soonest;
      this.handlers.link(true, 0);
    };
    socket.onmessage = ({ data }) => {
      const message = typeof data === "string" ? JSON.parse(data) : read(data);
      this.handlers[message?.type ?? message?.kind]?.(message);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      // A little at random, so that several pages do not all come at once.
      const wait = this.#wait * (0.75 + 0.5 * Math.random());
      this.#wait = Math.min(latest, 2 * this.#wait);
      this.handlers.link(false, wait);
      this.timer = setTimeout(() => this.#open(), wait);
    };
  }
}
