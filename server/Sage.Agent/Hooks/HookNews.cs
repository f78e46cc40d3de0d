using Microsoft.Extensions.AI;
using Sage.Agent.Context;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;

namespace Sage.Agent.Hooks;

/// <summary>Tells the model what a hook has to say that belongs to no call.</summary>
internal sealed class HookNews(HookRan ran) : Passage
{
    private readonly ChatMessage _message = new(ChatRole.User, Text(ran));

    /// <summary>True when it was said to a prompt.</summary>
    public bool IsOfPrompt => ran.On == HookMoment.UserPromptSubmit;

    public override IEnumerable<ChatMessage> Messages() => [_message];

    public override PassageState Save() => new HookNewsState(ran);

    private static string Text(HookRan ran) =>
        ran.Effect == HookEffect.Continued
            ? $"(Sage: {Name(ran)} wants you to go on before you end:)\n\n{ran.Text}"
            : $"(Sage: {Name(ran)} adds:)\n\n{ran.Text}";

    private static string Name(HookRan ran) => $"the hook `{ran.Hook}` ({ran.Place})";
}
