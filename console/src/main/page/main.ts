import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { applyTheme } from "./core/theme.svelte";

applyTheme();
mount(App, { target: document.body });
