// What the console's editor takes of CodeMirror 6; built by `make editor`.
export {EditorState} from "@codemirror/state";
export {EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter, drawSelection, highlightSpecialChars} from "@codemirror/view";
export {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
export {syntaxHighlighting, HighlightStyle, indentUnit, bracketMatching, foldGutter, foldKeymap} from "@codemirror/language";
export {autocompletion, completionKeymap, closeBrackets, closeBracketsKeymap} from "@codemirror/autocomplete";
export {lintGutter, setDiagnostics, lintKeymap} from "@codemirror/lint";
export {searchKeymap} from "@codemirror/search";
export {yaml} from "@codemirror/lang-yaml";
export {tags} from "@lezer/highlight";
