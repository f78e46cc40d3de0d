using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Sage.Agent.Secrets;
using Sage.Protocol.Events;
using Sage.Protocol.Json;

namespace Sage.Agent.Tests.Secrets;

/// <summary>Plants a secret in every text of every event there is, also of those that come later.</summary>
public sealed class EventRedactionTests
{
    private const string Secret = "planted-secret-42";

    // Ids, hashes, names of files and models, and the data of images.
    private static readonly ImmutableHashSet<string> NotLookedAt =
    [
        "SessionId",
        "TurnId",
        "ReplyId",
        "CallId",
        "TaskId",
        "RestoreId",
        "Undoes",
        "QueuedId",
        "SteerId",
        "Id",
        "Ids",
        "Hash",
        "Path",
        "Workspace",
        "Model",
        "Name",
        "MediaType",
        "Data",
        "Code",
        "Currency",
    ];

    // They come redacted from where they begin: with another length, their offsets would be wrong.
    private static readonly ImmutableHashSet<Type> Streams =
    [
        typeof(TextDelta),
        typeof(ReasoningDelta),
        typeof(ToolCallDelta),
        typeof(ToolOutput),
        typeof(BackgroundOutput),
        typeof(SubagentDelta),
    ];

    private readonly SecretRedaction _redaction = new();

    public EventRedactionTests() => _redaction.Add(Secret);

    public static TheoryData<Type> Kinds =>
        [
            .. typeof(SessionEvent)
                .Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(SessionEvent)) && !type.IsAbstract && !Streams.Contains(type)),
        ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_text_of_an_event_keeps_a_secret(Type kind)
    {
        var planted = (SessionEvent)Plant(kind, kind.Name, 0)!;
        SessionEvent redacted = planted is DurableEvent durable
            ? _redaction.Redact(durable)
            : _redaction.Redact((TransientEvent)planted);

        var json = JsonSerializer.Serialize(redacted, ProtocolJson.Default.SessionEvent);
        Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
        Assert.Equal(
            JsonSerializer
                .Serialize(planted, ProtocolJson.Default.SessionEvent)
                .Contains(Secret, StringComparison.Ordinal),
            json.Contains(SecretRedaction.Mask, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_event_without_a_secret_is_the_same_event()
    {
        DurableEvent happened = new ToolCallStarted("c", "r", "n", "t", JsonElement.Parse("""{"a": [1, "x"]}"""));
        Assert.Same(happened, _redaction.Redact(happened));
    }

    [Fact]
    public void Reasoning_that_is_not_as_it_was_signed_loses_its_signature()
    {
        var reply = new ReplyEnded("r", StopReason.EndTurn, "", [new($"I saw {Secret}", "signed"), new("fine", "too")]);
        var redacted = Assert.IsType<ReplyEnded>(_redaction.Redact(reply));
        Assert.Equal<ReasoningBlock>(
            [new($"I saw {SecretRedaction.Mask}"), new("fine", "too")],
            redacted.Reasoning!.Value
        );
    }

    private static object? Plant(Type type, string name, int depth)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
        {
            return NotLookedAt.Contains(name) ? "plain" : $"a {Secret} b";
        }

        if (plain == typeof(JsonElement))
        {
            return JsonElement.Parse($$"""{"deep": [{"text": "a {{Secret}} b"}]}""");
        }

        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return PlantMany(plain.GetGenericArguments()[0], name, depth);
        }

        if (plain.IsEnum || plain.IsPrimitive || plain == typeof(decimal) || plain == typeof(DateTimeOffset))
        {
            return Activator.CreateInstance(plain);
        }

        // An event inside of another.
        plain = plain == typeof(SessionEvent) ? typeof(ToolCallEnded) : plain;
        var constructor = plain.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Plant(p.ParameterType, p.Name!, depth))]);
    }

    // A list of a closed union gets one of each; one that nests ends somewhere.
    private static object PlantMany(Type item, string name, int depth)
    {
        var kinds = item.IsAbstract
            ? item.Assembly.GetTypes().Where(type => type.IsSubclassOf(item) && !type.IsAbstract).ToArray()
            : [item];
        var items = Array.CreateInstance(item, depth > 1 ? 0 : kinds.Length);
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(Plant(kinds[i], name, depth + 1), i);
        }

        var create = typeof(ImmutableArray)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m =>
                m.Name == nameof(ImmutableArray.Create)
                && m.GetParameters() is [{ ParameterType.IsArray: true }]
                && m.IsGenericMethod
            );
        return create.MakeGenericMethod(item).Invoke(null, [items])!;
    }
}
