/** How the reader looks at a round; kept when another round is chosen. */
export interface Look {
  readonly view: 'side' | 'slider' | 'difference';
  readonly boxes: boolean;
  readonly code: 'code' | 'changes';
  readonly wrap: boolean;
}

export const firstLook: Look = { view: 'side', boxes: true, code: 'code', wrap: true };

/** A component in which the reader changes the look. */
export interface Looking {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}
