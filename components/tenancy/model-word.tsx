import type { Model, TenantModel } from "@/lib/domain/isolation";

const DRAWINGS: Record<Model, React.ReactNode> = {
  pool: (
    <>
      <circle cx="7" cy="7" r="6" />
      <path d="M4.5 4v6M7 2.8v8.4M9.5 4v6" strokeWidth="1.3" />
    </>
  ),
  bridge: (
    <>
      <rect x="1" y="1" width="12" height="12" rx="2" />
      <path d="M3.8 4h2.6v6H3.8z" fill="currentColor" stroke="none" />
      <path d="M8.1 4.2h2.1v5.6H8.1z" strokeWidth="1" />
    </>
  ),
  silo: (
    <>
      <rect x="1" y="1" width="12" height="12" rx="2" />
      <path d="M4 4h6v6H4z" fill="currentColor" stroke="none" />
    </>
  ),
};

function ModelGlyph({ model }: { model: Model }) {
  return (
    <svg className={`glyph ${model}`} viewBox="0 0 14 14" aria-hidden="true">
      {DRAWINGS[model]}
    </svg>
  );
}

/** An isolation model as glyph and word; a mixed tenant has the word of its first and the glyphs of the others. */
export function ModelWord({ model, models = [] }: { model: TenantModel; models?: readonly Model[] }) {
  if (model === "unplaced") return <span className="tone-faint">unplaced</span>;
  if (model !== "mixed") {
    return (
      <span className="model">
        <ModelGlyph model={model} />
        {model}
      </span>
    );
  }
  const [first, ...others] = models;
  if (first === undefined) return <span>mixed</span>;
  return (
    <span className="model" title={`Mixed: ${models.join(" and ")}`}>
      <ModelGlyph model={first} />
      {first}
      {others.map((other) => (
        <span key={other}>
          <ModelGlyph model={other} />
          <span className="visually-hidden">and {other}</span>
        </span>
      ))}
    </span>
  );
}
