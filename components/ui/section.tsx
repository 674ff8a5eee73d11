import type { ReactNode } from "react";

/** The head of a section: its title, one note beside it, actions at the right. */
export function SectionHead({ title, note, actions, id }: { title: string; note?: ReactNode; actions?: ReactNode; id?: string }) {
  return (
    <div className="section">
      <h2 id={id}>{title}</h2>
      {note ? <p>{note}</p> : null}
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}
