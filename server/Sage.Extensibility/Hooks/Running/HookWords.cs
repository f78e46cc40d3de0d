using Sage.Agent.Hooks;
using Sage.Protocol.Hooks;

namespace Sage.Extensibility.Hooks.Running;

/// <summary>Says for people what Sage makes of a hook's answer.</summary>
internal static class HookWords
{
    public static string Describe(HookAnswer answer, HookMoment on)
    {
        var words = Parts(answer, on).ToList();
        return words.Count == 0 ? "It has nothing to say: everything goes on." : string.Join(' ', words);
    }

    private static IEnumerable<string> Parts(HookAnswer answer, HookMoment on)
    {
        if (answer.Failure is { } failure)
        {
            yield return $"It does not work: {failure}";
        }

        if (answer.Decision is { } decision)
        {
            var why = answer.Reason is { } reason ? $" Reason: {reason}" : " It gives no reason.";
            yield return (decision, on) switch
            {
                (HookDecision.Deny, HookMoment.Stop or HookMoment.SubagentStop) => $"The turn would go on.{why}",
                (HookDecision.Deny, _) => $"It would be denied.{why}",
                (HookDecision.Ask, _) => $"You would be asked.{why}",
                _ => "It would be allowed, where the mode alone would ask.",
            };
        }

        if (answer.Input is { } input)
        {
            yield return $"The arguments would be {input.GetRawText()}.";
        }

        if (answer.Context is { } context)
        {
            yield return $"The model would read: {context}";
        }

        if (answer.Message is { } message)
        {
            yield return $"You would be told: {message}";
        }
    }
}
