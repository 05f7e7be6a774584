import { mount } from "svelte";
import "./app.css";
import { applyTheme } from "./core/theme.svelte";
import MySite from "./own/site/MySite.svelte";

applyTheme();
mount(MySite, { target: document.body });
