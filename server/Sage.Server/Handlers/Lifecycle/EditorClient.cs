using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Lifecycle;

/// <summary>What the editor said about itself in <c>initialize</c>.</summary>
internal sealed class EditorClient
{
    /// <summary>The client can be asked for its settings.</summary>
    public bool AnswersConfiguration { get; private set; }

    /// <summary>The client can be asked to edit documents.</summary>
    public bool AppliesEdits { get; private set; }

    public SageInitializationOptions Options { get; private set; } = new();

    public void Introduce(WorkspaceClientCapabilities? capabilities, SageInitializationOptions? options)
    {
        AnswersConfiguration = capabilities?.Configuration ?? false;
        AppliesEdits = capabilities?.ApplyEdit ?? false;
        Options = options ?? new SageInitializationOptions();
    }
}
