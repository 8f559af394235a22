/* A row of the sheet as saving knows it: its cells and what the server holds of them. */

export class Row {
  /* `cells`: name → something with a `value`; `base`: name → what the server sent; `version`: something with a
     `value`. */
  constructor(pid, cells, base, version) {
    this.pid = pid;
    this.cells = cells;
    this.base = base;
    this.version = version;
    this.unsure = {}; // name → texts sent whose answer has not come
    this.held = null; // name → text that the server refused, or that a person is asked about
    this.asked = new Set(); // names of the cells that a person is asked about: they are not sent meanwhile
    this.beside = {}; // name → the figures that it was pasted beside
    this.touched = {};
    this.timer = 0;
    this.waitsSince = 0;
    this.retry = 0;
    this.tries = 0;
    this.isBusy = false;
  }

  get names() {
    return Object.keys(this.cells);
  }

  /* Names of the cells whose text is not the server's. */
  changed() {
    return this.names.filter((name) => this.cells[name].value !== this.base[name]);
  }

  /* What a save must carry: the changed cells, and those whose answer was lost. */
  toSend() {
    const open = this.names.filter((name) => !this.asked.has(name));
    return open.filter((name) => this.unsure[name] || this.cells[name].value !== this.base[name]);
  }

  /* The server has answered: only what a person is asked about is still held. */
  release() {
    const asked = [...this.asked].map((name) => [name, this.held[name]]);
    this.held = Object.fromEntries(asked);
  }

  isHeld(name) {
    return this.held !== null && name in this.held;
  }

  key(name) {
    return `${this.pid}:${name}`;
  }
}
