interface Props {
  /** Address of the picture; undefined when the page does not have it. */
  readonly url: string | undefined;
  readonly alt: string;
  readonly style?: Record<string, string>;
}

export function Picture({ url, alt, style }: Props) {
  if (url === undefined) return <p class="no-picture">{alt}: this picture is not at hand.</p>;
  return <img class="picture" src={url} alt={alt} draggable={false} {...(style && { style })} />;
}
