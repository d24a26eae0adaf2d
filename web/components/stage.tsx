import type { ComponentChildren, HTMLAttributes } from 'preact';

interface Props extends HTMLAttributes<HTMLDivElement> {
  readonly width: number;
  readonly height: number;
  readonly children: ComponentChildren;
}

/** The ground that pictures lie on: of the given pixels' proportions, and no larger than the screen bears. */
export function Stage({ width, height, children, ...rest }: Props) {
  return (
    <div {...rest} class="stage" style={{ '--width': width, '--height': height }}>
      {children}
    </div>
  );
}
