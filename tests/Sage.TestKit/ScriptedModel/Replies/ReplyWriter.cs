namespace Sage.TestKit.ScriptedModel;

/// <summary>The words of one wire format for what a reply can contain.</summary>
internal abstract class ReplyWriter(SseBody body, string model)
{
    protected SseBody Body { get; } = body;
    protected string Model { get; } = model;

    public abstract void Begin(ScriptedUsage usage);
    public abstract void Text(string piece);
    public abstract void Reasoning(IReadOnlyList<string> pieces, string? signature);
    public abstract void RedactedReasoning(string payload);
    public abstract void BeginCall(string id, string name);
    public abstract void CallArguments(string piece);
    public abstract void Ping();
    public abstract void Error(string type, string message);
    public abstract void End(ScriptedStop stop, string? stopWord, ScriptedUsage usage);
}
