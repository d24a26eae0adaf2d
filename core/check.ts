/** What `doctor` says of one part that Verisim stands on. */
export interface Check {
  /** What was looked for, e.g. `python3 with matplotlib`. */
  readonly name: string;
  readonly ok: boolean;
  /** What was found (version, path), or what is wrong. */
  readonly detail: string;
  /** The one line that mends it; only where something is missing. */
  readonly remedy?: string;
  /** Its absence takes nothing that the main job needs. */
  readonly optional?: boolean;
}
