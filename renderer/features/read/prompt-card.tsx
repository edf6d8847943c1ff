/** A prompt to use: its places as a small form, the filled-in text, and one button to copy it. */
import { Check, Copy } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { host } from "#renderer/platform/host.ts";
import { announce } from "#renderer/ui/announce.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Quiet } from "#renderer/ui/quiet.tsx";
import { scrollable } from "#renderer/ui/scrollable.ts";
import { statusLabel } from "#renderer/ui/status-badge.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { fillPrompt, promptRuns } from "#shared/domain/prompt.ts";
import type { Prompt } from "./prompts.ts";
import styles from "./prompt-card.module.css";

/** One prompt. Ctrl+Enter in a field copies what the button would. */
export function PromptCard({ prompt }: { readonly prompt: Prompt }): ReactElement {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const { copied, copy } = useCopy();
  const missing = prompt.places.filter((place) => (values[place.name] ?? "").trim() === "");

  /** The first press points at what is missing; the second one copies all the same. */
  function copyFilled(): void {
    if (missing.length > 0 && !asked) {
      setAsked(true);
      announce(missingSentence(missing.length));
      const first = prompt.places.findIndex((place) => place === missing[0]);
      form.current?.querySelectorAll("textarea")[first]?.focus();
      return;
    }
    void copy(fillPrompt(prompt.text, values));
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    copyFilled();
  }

  return (
    <section
      className={styles.prompt}
      id={`prompt-${prompt.id}`}
      aria-label={prompt.title || "Prompt"}
    >
      <header className={styles.header}>
        <h3 dir="auto">{prompt.title || "Prompt"}</h3>
        <PromptAside prompt={prompt} />
      </header>
      {prompt.places.length > 0 && (
        // Ctrl+Enter works from any of the fields.
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
        <div ref={form} className={styles.places} onKeyDown={onKeyDown}>
          {prompt.places.map((place) => (
            <TextArea
              key={place.name}
              label={statusLabel(place.name)}
              rows={1}
              className={styles.place ?? ""}
              placeholder={place.example === "" ? "" : `e.g. ${place.example}`}
              {...(place.description === "" ? {} : { help: place.description })}
              error={asked && missing.includes(place) ? "Still to be filled in." : null}
              value={values[place.name] ?? ""}
              onChange={(value) => setValues((now) => ({ ...now, [place.name]: value }))}
            />
          ))}
        </div>
      )}
      <PromptPreview prompt={prompt} values={values} />
      <footer className={styles.footer}>
        <Button variant="primary" icon={copied ? Check : Copy} onClick={copyFilled}>
          {copied ? "Copied" : asked && missing.length > 0 ? "Copy anyway" : "Copy prompt"}
        </Button>
        {missing.length > 0 && prompt.places.length > 0 && (
          <Quiet>{missingSentence(missing.length)}</Quiet>
        )}
        {missing.length < prompt.places.length && (
          <Button variant="quiet" onClick={() => setValues({})}>
            Clear
          </Button>
        )}
      </footer>
    </section>
  );
}

function missingSentence(count: number): string {
  return count === 1 ? "1 place is still empty." : `${count.toString()} places are still empty.`;
}

function useCopy() {
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [copied]);
  return {
    copied,
    copy: async (text: string) => {
      try {
        await host.copyText(text);
        setCopied(true);
        announce("The prompt is on the clipboard.");
      } catch (error) {
        toast.fail(error);
      }
    },
  };
}

function PromptAside({ prompt }: { readonly prompt: Prompt }): ReactElement | null {
  const hints = [
    prompt.version === "" ? "" : `Version ${prompt.version}`,
    prompt.model_hint.length === 0 ? "" : `Works best with ${prompt.model_hint.join(", ")}`,
  ].filter(Boolean);
  return hints.length === 0 ? null : <Quiet block>{hints.join(" · ")}</Quiet>;
}

type PreviewProps = { readonly prompt: Prompt; readonly values: Readonly<Record<string, string>> };

function PromptPreview({ prompt, values }: PreviewProps): ReactElement {
  return (
    <pre
      className={styles.text}
      dir="auto"
      {...scrollable(`As it will be copied: ${prompt.title || "prompt"}`)}
    >
      {promptRuns(prompt.text, values).map((run, index) => {
        // Runs are a sequence: their place is their identity.
        const key = index.toString();
        if (run.kind === "text") return run.text;
        const filled = run.value.trim() !== "";
        return (
          <mark key={key} className={styles.hole} data-filled={filled}>
            {filled ? run.value : `{{${run.name}}}`}
          </mark>
        );
      })}
    </pre>
  );
}
