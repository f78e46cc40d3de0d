namespace Sage.Agent.LanguageModels;

/// <summary>What a tool has a cheap model asked beside the conversation. It is offered no tools.</summary>
/// <param name="Instructions">What it is to do.</param>
/// <param name="Material">What it is asked about: data, whoever wrote it.</param>
/// <param name="Question">What is asked.</param>
public sealed record SideQuestion(string Instructions, string Material, string Question);

/// <summary>What became of a <see cref="SideQuestion"/>.</summary>
public abstract record SideAnswer
{
    private SideAnswer() { }

    /// <param name="Text">What the model said.</param>
    /// <param name="Model">Who it was, for people.</param>
    /// <param name="LeftOut">How many characters of the material it could not be shown.</param>
    public sealed record Given(string Text, string Model, int LeftOut) : SideAnswer;

    /// <param name="Why">In a sentence.</param>
    public sealed record None(string Why) : SideAnswer;
}
