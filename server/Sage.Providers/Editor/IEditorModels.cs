using System.Collections.Immutable;
using System.Threading.Channels;
using Sage.Agent.LanguageModels;
using Sage.Protocol.EditorModels;

namespace Sage.Providers.Editor;

/// <summary>The models of the editor that Sage runs in. Port: implemented in Sage.Server; nobody implements it in a terminal.</summary>
public interface IEditorModels
{
    /// <summary>Whether the editor has said that its models can be asked.</summary>
    bool AreOffered { get; }

    /// <summary>What there is. Waits for the editor for about two seconds; empty when it does not answer.</summary>
    Task<ImmutableArray<EditorModel>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Asks a model. Cancelling cancels the request in the editor, too.</summary>
    /// <param name="request">Whom, and what.</param>
    /// <param name="reply">
    /// Takes the pieces of the reply in order, every one before this returns. The editor sends the next when there is room for it.
    /// </param>
    /// <param name="cancellationToken">Nobody wants the reply any more.</param>
    /// <exception cref="ModelException">The editor could not be asked.</exception>
    Task<AskEditorModelResult> AskAsync(
        AskEditorModelParams request,
        ChannelWriter<EditorModelPartParams> reply,
        CancellationToken cancellationToken
    );
}
