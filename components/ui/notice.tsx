import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { State, type Tone, ToneIcon } from "./state";

interface EmptyStateProps {
  title: string;
  /** It takes the place of the whole page, so its title is the page's. */
  isPage?: boolean;
  children: ReactNode;
  next?: ReactNode;
}

/** What would be here, why it is not, and the one next step. */
export function EmptyState({ title, isPage = false, children, next }: EmptyStateProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className="nothing">
      <Heading>{title}</Heading>
      <p>{children}</p>
      {next ? <div className="next">{next}</div> : null}
    </div>
  );
}

interface ErrorStateProps {
  /** What happened, as a title. */
  title: string;
  /** It takes the place of the whole page, so its title is the page's. */
  isPage?: boolean;
  /** The reason, the server's own where it gave one. */
  message: string;
  requestId?: string | null;
  onRetry?: () => void;
  next?: ReactNode;
}

/** Takes the place of what could not be loaded. */
export function ErrorState({ title, isPage = false, message, requestId, onRetry, next }: ErrorStateProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className="nothing" role="alert">
      <Heading className="tone-danger">
        <ToneIcon tone="danger" />
        {title}
      </Heading>
      <p>{message}</p>
      {requestId ? (
        <p className="tone-faint">
          Request <code>{requestId}</code>
        </p>
      ) : null}
      <div className="next">
        {onRetry ? (
          <Button onClick={onRetry}>
            <RotateCw aria-hidden />
            Retry
          </Button>
        ) : null}
        {next}
      </div>
    </div>
  );
}

/** A part that failed while the rest is shown: one line, with the way out. */
export function Notice({ tone, children, onRetry }: { tone: Tone; children: ReactNode; onRetry?: () => void }) {
  return (
    <div className="notice" role="status">
      <State tone={tone}>{children}</State>
      {onRetry ? (
        <Button kind="quiet" onClick={onRetry}>
          <RotateCw aria-hidden />
          Retry
        </Button>
      ) : null}
    </div>
  );
}
