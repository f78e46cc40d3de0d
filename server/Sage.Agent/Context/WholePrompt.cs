using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Sage.Agent.Context;

/// <summary>The system prompt of a turn.</summary>
/// <param name="Message">What the model reads.</param>
/// <param name="Notices">What the user should know of where it came from.</param>
internal sealed record WholePrompt(ChatMessage Message, ImmutableArray<string> Notices);
