using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Protocol.EditorModels;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit;

namespace Sage.Protocol.Tests.Documentation;

/// <summary>docs/protocol.md is what other front ends are written from: nothing on the wire may be missing from it.</summary>
public sealed class ProtocolPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/protocol.md"));

    public static TheoryData<string> Methods => [.. Constants(typeof(Protocol.Methods))];

    public static TheoryData<string> ErrorCodes => [.. Constants(typeof(Protocol.ErrorCodes))];

    public static TheoryData<string> TurnErrors => [.. Constants(typeof(TurnErrorCodes))];

    public static TheoryData<string, string> Events
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (
                var attribute in typeof(SessionEvent).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            )
            {
                var isDurable = attribute.DerivedType.IsSubclassOf(typeof(DurableEvent));
                rows.Add((string)attribute.TypeDiscriminator!, isDurable ? "durable" : "transient");
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_has_its_own_heading(string method) => Assert.Matches($"(?m)^### .*`{method}`", Page);

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_has_a_row_that_says_whether_it_is_durable(string type, string kind)
    {
        var row = Page.Split('\n').SingleOrDefault(line => line.StartsWith($"| `{type}` |", StringComparison.Ordinal));

        Assert.NotNull(row);
        Assert.Contains($"| {kind} |", row, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void The_row_of_an_event_names_each_of_its_members(string type, string kind)
    {
        var row = Page.Split('\n').Single(line => line.StartsWith($"| `{type}` | {kind} |", StringComparison.Ordinal));
        var record = typeof(SessionEvent)
            .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .Single(attribute => (string)attribute.TypeDiscriminator! == type)
            .DerivedType;

        Assert.All(MembersOf(record), member => Assert.Contains($"`{member}", row, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ErrorCodes))]
    public void An_error_code_is_explained(string code) =>
        Assert.Contains($"| {code} |", Page, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(TurnErrors))]
    public void A_reason_for_a_failed_turn_is_explained(string code) =>
        Assert.Contains($"| `{code}` |", Page, StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(StopReason))]
    [InlineData(typeof(ToolCallStatus))]
    [InlineData(typeof(TurnOutcome))]
    [InlineData(typeof(PermissionMode))]
    [InlineData(typeof(PermissionDecision))]
    [InlineData(typeof(GrantScope))]
    [InlineData(typeof(FileChangeKind))]
    [InlineData(typeof(BackgroundEndHow))]
    [InlineData(typeof(EditorMessageRole))]
    [InlineData(typeof(EditorModelFailureKind))]
    public void The_values_of_an_enum_are_listed_in_order(Type type)
    {
        var values = Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

        Assert.Contains(string.Join(" · ", values.Select(value => $"`{value}`")), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_no_method_that_does_not_exist()
    {
        var named = System.Text.RegularExpressions.Regex.Matches(Page, "sage/[a-zA-Z]+(/[a-zA-Z]+)?");

        Assert.All(named, name => Assert.Contains(name.Value, Constants(typeof(Protocol.Methods))));
    }

    private static IEnumerable<string> MembersOf(Type record) =>
        record
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => field.GetRawConstantValue()!.ToString()!);
}
