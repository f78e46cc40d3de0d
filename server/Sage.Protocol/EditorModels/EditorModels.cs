using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.EditorModels;

/// <summary><see cref="Methods.ListEditorModels"/>: which models the editor has (<c>vscode.lm.selectChatModels</c>).</summary>
public sealed record ListEditorModelsParams;

/// <param name="Models">In the editor's order.</param>
public sealed record ListEditorModelsResult(ImmutableArray<EditorModel> Models);

/// <summary>A model that the editor, or an extension in it, offers to extensions.</summary>
/// <param name="Id">The vendor's own id of it; the editor knows the model by this and its vendor.</param>
/// <param name="Name">For people.</param>
/// <param name="Vendor">Who offers it: <c>copilot</c>.</param>
/// <param name="Family">What kind it is: <c>gpt-4o</c>.</param>
/// <param name="MaxInputTokens">How many tokens one request may have.</param>
public sealed record EditorModel(string Id, string Name, string Vendor, string Family, int MaxInputTokens);

/// <summary><see cref="Methods.EditorModelsChanged"/>: what was listed does not hold any more.</summary>
public sealed record EditorModelsChangedParams : IRequest<Done>;
