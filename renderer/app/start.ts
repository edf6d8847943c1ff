/** The first code of the page: what has to be said before anything else is loaded, then the app. */
// oxlint-disable import/no-unassigned-import -- Each is here for what it does, in this order.
import "./zod-settings.ts";
import "../styles/base.css";
import "./main.tsx";
