/** React's types leave out the attribute that makes a file input choose folders. */
import 'react';

declare module 'react' {
  interface InputHTMLAttributes<T> {
    webkitdirectory?: T extends HTMLInputElement ? string : never;
  }
}
