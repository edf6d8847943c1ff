/** The size of all text, from 80 to 200 percent. */
import { Slider } from "@base-ui/react/slider";
import { type ReactElement, useState } from "react";
import styles from "./settings.module.css";

type TextSizeProps = { readonly value: number; readonly onChange: (value: number) => void };

/** A slider; the text changes when it is let go, so that it does not move under the pointer. */
export function TextSize({ value, onChange }: TextSizeProps): ReactElement {
  const [dragged, setDragged] = useState<number | null>(null);
  return (
    <Slider.Root
      className={styles.slider}
      min={80}
      max={200}
      step={10}
      value={dragged ?? value}
      onValueChange={setDragged}
      onValueCommitted={(next) => {
        setDragged(null);
        onChange(next);
      }}
    >
      <Slider.Label className={styles.label}>Text size</Slider.Label>
      <Slider.Value className={styles.value}>
        {() => `${(dragged ?? value).toString()} %`}
      </Slider.Value>
      <Slider.Control className={styles.control}>
        <Slider.Track className={styles.track}>
          <Slider.Indicator className={styles.indicator} />
          <Slider.Thumb
            className={styles.thumb}
            getAriaValueText={(_, size) => `${size.toString()} percent`}
          />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}
