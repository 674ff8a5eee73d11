/** A name that somebody else chose: in its own direction of writing, and where it is cut off a pointer on it tells all of it. */
export function Clipped({ text }: { text: string }) {
  return (
    <bdi className="clip" title={text}>
      {text}
    </bdi>
  );
}
