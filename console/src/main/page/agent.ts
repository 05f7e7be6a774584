import { mount } from "svelte";
import "./app.css";
import { applyTheme } from "./core/theme.svelte";
import Agent from "./own/agent/Agent.svelte";

applyTheme();
mount(Agent, { target: document.body });
