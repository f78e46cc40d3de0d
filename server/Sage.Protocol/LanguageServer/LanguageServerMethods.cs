namespace Sage.Protocol.LanguageServer;

/// <summary>The names of the Language Server Protocol methods Sage speaks, each written once.</summary>
public static class LanguageServerMethods
{
    public const string Initialize = "initialize";
    public const string Initialized = "initialized";
    public const string Shutdown = "shutdown";
    public const string Exit = "exit";

    public const string DidOpen = "textDocument/didOpen";
    public const string DidChange = "textDocument/didChange";
    public const string DidSave = "textDocument/didSave";
    public const string DidClose = "textDocument/didClose";
    public const string CodeAction = "textDocument/codeAction";

    public const string ExecuteCommand = "workspace/executeCommand";
    public const string DidChangeConfiguration = "workspace/didChangeConfiguration";
    public const string DidChangeWorkspaceFolders = "workspace/didChangeWorkspaceFolders";

    /// <summary>Server → client: reads settings.</summary>
    public const string Configuration = "workspace/configuration";

    /// <summary>Server → client: changes documents in the editor.</summary>
    public const string ApplyEdit = "workspace/applyEdit";

    /// <summary>Server → client notification: partial results.</summary>
    public const string Progress = "$/progress";
}
