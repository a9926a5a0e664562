/** Puts the scripted server in place before what is imported next. */
import { installScriptedServer } from './scriptedServer';

installScriptedServer();
