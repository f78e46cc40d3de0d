using Sage.Providers.Demo.Planning;

namespace Sage.Providers.Demo;

/// <summary>Chooses the rule that fits what the user asked.</summary>
internal static class DemoRules
{
    /// <summary>The first words of every turn.</summary>
    public const string Introduction = "I am Sage's offline demo model: rules, no AI.";

    public const string Abilities = """
        I obey simple forms of
        - `find X`
        - `explain FILE`
        - `rename A to B in FILE`
        - `fix typos`, and `fix` for problems that say what was meant
        - `run COMMAND`
        - `look around`
        """;

    public const string HowToConnect = """
        To connect a real model, run **Sage: Set API Key** from the command palette (or set `ANTHROPIC_API_KEY`, `OPENAI_API_KEY`, …
        before you start the editor), or start Ollama or LM Studio on this machine. Then choose the model in the picker below.
        """;

    public static DemoStep Next(DemoTurn turn)
    {
        var step = PlanRule.Next(turn, Choose);
        return turn.Rounds.IsEmpty ? step with { Text = $"{Introduction} {step.Text}" } : step;
    }

    private static DemoStep Choose(DemoTurn turn) =>
        RunRule.Next(turn)
        ?? RenameRule.Next(turn)
        ?? FixRule.Next(turn)
        ?? ExplainRule.Next(turn)
        ?? FindRule.Next(turn)
        ?? LookAroundRule.Next(turn);
}
