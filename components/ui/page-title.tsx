import type { ReactNode } from "react";

interface PageTitleProps {
  title: string;
  /** Short facts on the title's line. */
  facts?: ReactNode;
  /** The one-line state in words, below the title. */
  sentence?: ReactNode;
  actions?: ReactNode;
}

export function PageTitle({ title, facts, sentence, actions }: PageTitleProps) {
  return (
    <div className="title">
      <div>
        <div className="head">
          <h1 dir="auto" title={title.length > 60 ? title : undefined}>
            {title}
          </h1>
          {facts ? <div className="facts">{facts}</div> : null}
        </div>
        {sentence ? <p>{sentence}</p> : null}
      </div>
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}
