/** The bytes of a file from `begin` to before `end`. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** Which bytes of a file are there. */
export class Parts {
  /** In order; they neither overlap nor touch. */
  #ranges: Range[] = [];

  /** How many there are. */
  get covered(): number {
    return this.#ranges.reduce((sum, { begin, end }) => sum + end - begin, 0);
  }

  /** Where the first byte is missing. */
  get prefix(): number {
    const [first] = this.#ranges;
    return first?.begin === 0 ? first.end : 0;
  }

  add(begin: number, end: number): void {
    if (begin >= end) return;
    const apart = (range: Range) => range.end < begin || range.begin > end;
    const joined = this.#ranges.filter((range) => !apart(range));
    const whole = {
      begin: Math.min(begin, ...joined.map((range) => range.begin)),
      end: Math.max(end, ...joined.map((range) => range.end)),
    };
    this.#ranges = [...this.#ranges.filter(apart), whole].sort((a, b) => a.begin - b.begin);
  }

  /** Whether all bytes from `begin` to before `end` are there. */
  has(begin: number, end: number): boolean {
    return begin >= end || this.#ranges.some((range) => range.begin <= begin && end <= range.end);
  }

  /** Whether all of these are among those. */
  isWithin(those: Parts): boolean {
    return this.#ranges.every(({ begin, end }) => those.has(begin, end));
  }

  /** What is missing from `begin` to before `end`, in order. */
  missing(begin: number, end: number): Range[] {
    const gaps: Range[] = [];
    let at = begin;
    for (const range of this.#ranges) {
      if (range.end <= at || range.begin >= end) continue;
      if (range.begin > at) gaps.push({ begin: at, end: range.begin });
      at = range.end;
    }
    if (at < end) gaps.push({ begin: at, end });
    return gaps;
  }

  clear(): void {
    this.#ranges = [];
  }
}
