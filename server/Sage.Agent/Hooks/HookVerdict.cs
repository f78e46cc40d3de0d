using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sage.Agent.Hooks;

/// <summary>What a hook says of what is about to happen. The larger is the stronger.</summary>
public enum HookDecision
{
    Allow = 1,
    Ask = 2,

    /// <summary>It must not happen; at the end of a turn: that must not end yet.</summary>
    Deny = 3,
}

/// <summary>What one hook has said.</summary>
/// <param name="Hook">Its command, in one line.</param>
/// <param name="Place">Where it stands, for people.</param>
/// <param name="IsOfProject">True when anybody may have written it.</param>
public sealed record HookAnswer(string Hook, string Place, bool IsOfProject)
{
    /// <summary>Null when it leaves it to others.</summary>
    public HookDecision? Decision { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The arguments that it wants in place of the call's, all of them.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>For the model.</summary>
    public string? Context { get; init; }

    /// <summary>For the user.</summary>
    public string? Message { get; init; }

    /// <summary>Why it did not work, and what to do about it.</summary>
    public string? Failure { get; init; }

    /// <summary>As it is called in sentences.</summary>
    public string Name => $"the hook {Hook} ({Place})";
}

/// <summary>What all hooks of an event together say: deny is stronger than ask, and ask than allow.</summary>
/// <param name="Answers">In the order in which the hooks are configured.</param>
public sealed record HookVerdict(ImmutableArray<HookAnswer> Answers)
{
    public static HookVerdict None { get; } = new([]);

    /// <summary>The strongest decision; null when there is none.</summary>
    public HookDecision? Decision => Answers.Max(static answer => answer.Decision);

    /// <summary>Those whose decision it is.</summary>
    public IEnumerable<HookAnswer> Deciding => Decision is { } strongest ? Of(strongest) : [];

    /// <summary>Those who decided so, whether or not it is the strongest.</summary>
    public IEnumerable<HookAnswer> Of(HookDecision decision) => Answers.Where(answer => answer.Decision == decision);

    /// <summary>Those who decided, each with its reason; goes on "Denied by …".</summary>
    public string Reason =>
        string.Join(
            "; ",
            Deciding.Select(static answer =>
                string.IsNullOrWhiteSpace(answer.Reason) ? answer.Name : $"{answer.Name}: {answer.Reason}"
            )
        );

    /// <summary>
    /// The arguments with all changes in them; null when nobody wants another. Each hook saw the arguments as they were, so what
    /// counts is what it changed of these; where two changed the same one, the later hook is right.
    /// </summary>
    public JsonElement? ChangedInput(JsonElement original)
    {
        if (original.ValueKind != JsonValueKind.Object || !Answers.Any(static answer => answer.Input is not null))
        {
            return null;
        }

        // One by one: a model may write the same name twice, and the last counts.
        var merged = new JsonObject();
        foreach (var argument in original.EnumerateObject())
        {
            merged[argument.Name] = JsonNode.Parse(argument.Value.GetRawText());
        }

        foreach (var wanted in Answers.Select(static answer => answer.Input).OfType<JsonElement>())
        {
            Merge(merged, original, wanted);
        }

        var changed = JsonElement.Parse(Text(merged));
        return JsonElement.DeepEquals(changed, original) ? null : changed;
    }

    /// <summary>As a person would write it: a command stays one that can be read.</summary>
    private static string Text(JsonObject arguments)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            arguments.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Merge(JsonObject merged, JsonElement original, JsonElement wanted)
    {
        foreach (var before in original.EnumerateObject())
        {
            if (!wanted.TryGetProperty(before.Name, out _))
            {
                merged.Remove(before.Name);
            }
        }

        foreach (var now in wanted.EnumerateObject())
        {
            if (!original.TryGetProperty(now.Name, out var before) || !JsonElement.DeepEquals(before, now.Value))
            {
                merged[now.Name] = JsonNode.Parse(now.Value.GetRawText());
            }
        }
    }
}
