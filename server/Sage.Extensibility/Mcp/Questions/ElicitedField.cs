using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using Sage.Protocol.Questions;

namespace Sage.Extensibility.Mcp.Questions;

/// <summary>One field of a form: how it is asked, and what its answer is.</summary>
/// <param name="Name">As the server knows it.</param>
/// <param name="Title">As people know it.</param>
/// <param name="IsRequired">Whether it must be answered; what has a default need not.</param>
/// <param name="Default">What holds without an answer, for people; null when nothing does.</param>
internal abstract record ElicitedField(string Name, string Title, bool IsRequired, string? Default)
{
    private const int MostChoices = 200;

    /// <summary>Null for a kind that nobody knows.</summary>
    public static ElicitedField? Of(string name, ElicitRequestParams.PrimitiveSchemaDefinition schema, bool isRequired)
    {
        var title = ServerWords.Line(schema.Title ?? name);
        var text = schema.Description is { Length: > 0 } more ? $"{title}: {ServerWords.Line(more)}" : title;
        return schema switch
        {
            ElicitRequestParams.StringSchema words => new Words(name, text, isRequired, words),
            ElicitRequestParams.NumberSchema number => new Number(name, text, isRequired, number),
            ElicitRequestParams.BooleanSchema yes => new Choice(
                name,
                text,
                isRequired,
                yes.Default is { } given ? (given ? "Yes" : "No") : null,
                [("true", "Yes"), ("false", "No")],
                IsBoolean: true
            ),
            _ => OfChoices(name, text, schema, isRequired),
        };
    }

    private static ElicitedField? OfChoices(
        string name,
        string text,
        ElicitRequestParams.PrimitiveSchemaDefinition schema,
        bool isRequired
    ) =>
        schema switch
        {
            ElicitRequestParams.UntitledSingleSelectEnumSchema one => Single(
                name,
                text,
                isRequired,
                one.Default,
                Same(one.Enum)
            ),
            ElicitRequestParams.TitledSingleSelectEnumSchema one => Single(
                name,
                text,
                isRequired,
                one.Default,
                Titled(one.OneOf)
            ),
            ElicitRequestParams.UntitledMultiSelectEnumSchema many => new Choices(
                name,
                text,
                isRequired,
                many.Default,
                Same(many.Items.Enum),
                many.MinItems,
                many.MaxItems
            ),
            ElicitRequestParams.TitledMultiSelectEnumSchema many => new Choices(
                name,
                text,
                isRequired,
                many.Default,
                Titled(many.Items.AnyOf),
                many.MinItems,
                many.MaxItems
            ),
#pragma warning disable MCP9001 // Old servers still write it.
            ElicitRequestParams.LegacyTitledEnumSchema one => Single(
                name,
                text,
                isRequired,
                one.Default,
                Named(one.Enum, one.EnumNames)
            ),
#pragma warning restore MCP9001
            _ => null,
        };

    /// <param name="problem">What was wrong with the last answer; empty at first.</param>
    public Question Ask(string problem)
    {
        var given = Default is null ? "" : $" (without an answer: {ServerWords.Line(Default)})";
        var wrong = problem.Length > 0 ? $" – {problem}" : "";
        return Shape() with
        {
            Text = $"{Title}{given}{wrong}",
            IsOptional = IsRequired && Default is null ? null : true,
        };
    }

    /// <summary>The value, or nothing when there was no answer and need not be one, or what is wrong.</summary>
    public (JsonElement? Value, string? Problem) Read(ImmutableArray<string> answers) =>
        answers.Any(static answer => answer.Trim().Length > 0) ? ReadAnswer(answers)
        : IsRequired && Default is null ? (null, "it needs an answer")
        : (null, null);

    protected abstract Question Shape();

    protected abstract (JsonElement? Value, string? Problem) ReadAnswer(ImmutableArray<string> answers);

    private static Choice Single(
        string name,
        string text,
        bool isRequired,
        string? given,
        ImmutableArray<(string Value, string Label)> options
    ) =>
        new(
            name,
            text,
            isRequired,
            given is null ? null : options.FirstOrDefault(option => option.Value == given).Label ?? given,
            options,
            IsBoolean: false
        );

    private static ImmutableArray<(string Value, string Label)> Same(IEnumerable<string> values) =>
        [.. values.Take(MostChoices).Select(static value => (value, value))];

    private static ImmutableArray<(string Value, string Label)> Named(
        IEnumerable<string> values,
        IEnumerable<string>? names
    ) => [.. values.Take(MostChoices).Select((value, i) => (value, names?.ElementAtOrDefault(i) ?? value))];

    private static ImmutableArray<(string Value, string Label)> Titled(
        IEnumerable<ElicitRequestParams.EnumSchemaOption> options
    ) => [.. options.Take(MostChoices).Select(static option => (option.Const, option.Title ?? option.Const))];

    private static JsonElement Json(string text) => JsonElement.Parse(Quoted(text));

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static ImmutableArray<QuestionOption> Offered(ImmutableArray<(string Value, string Label)> options) =>
        [.. options.Select(static option => new QuestionOption(ServerWords.Line(option.Label)))];

    private static string? ValueOf(ImmutableArray<(string Value, string Label)> options, string answer) =>
        options
            .FirstOrDefault(option =>
                ServerWords.Line(option.Label) == answer
                || option.Value.Equals(answer.Trim(), StringComparison.OrdinalIgnoreCase)
            )
            .Value;

    private sealed record Words(string Name, string Title, bool IsRequired, ElicitRequestParams.StringSchema Schema)
        : ElicitedField(Name, Title, IsRequired, Schema.Default)
    {
        protected override Question Shape() => new("", []);

        protected override (JsonElement? Value, string? Problem) ReadAnswer(ImmutableArray<string> answers)
        {
            var text = string.Join(", ", answers).Trim();
            var problem =
                text.Length < Schema.MinLength ? $"it must have at least {Schema.MinLength} characters"
                : text.Length > Schema.MaxLength ? $"it must have at most {Schema.MaxLength} characters"
                : Schema.Format switch
                {
                    "email" when !IsMail(text) => "that is no mail address",
                    "uri" when !Uri.TryCreate(text, UriKind.Absolute, out _) => "that is no address (https://…)",
                    "date" when !IsDate(text) => "that is no date; write 2026-01-31",
                    "date-time" when !IsTime(text) => "that is no time; write 2026-01-31T12:00:00Z",
                    _ => null,
                };
            return problem is null ? (Json(text), null) : (null, problem);
        }

        private static bool IsMail(string text) =>
            text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(char.IsWhiteSpace);

        private static bool IsDate(string text) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

        private static bool IsTime(string text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);
    }

    private sealed record Number(string Name, string Title, bool IsRequired, ElicitRequestParams.NumberSchema Schema)
        : ElicitedField(Name, Title, IsRequired, Schema.Default?.ToString(CultureInfo.InvariantCulture))
    {
        protected override Question Shape() => new("", []);

        protected override (JsonElement? Value, string? Problem) ReadAnswer(ImmutableArray<string> answers)
        {
            var isWhole = Schema.Type == "integer";
            if (
                !double.TryParse(answers[^1].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || !double.IsFinite(number)
                || (isWhole && (number != Math.Floor(number) || Math.Abs(number) > 1e15))
            )
            {
                return (null, isWhole ? "that is no whole number" : "that is no number");
            }

            var problem =
                number < Schema.Minimum ? Invariant($"it must be at least {Schema.Minimum}")
                : number > Schema.Maximum ? Invariant($"it must be at most {Schema.Maximum}")
                : null;
            return problem is not null
                ? (null, problem)
                : (JsonElement.Parse(isWhole ? Invariant($"{(long)number}") : Invariant($"{number:R}")), null);
        }

        private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Choice(
        string Name,
        string Title,
        bool IsRequired,
        string? Default,
        ImmutableArray<(string Value, string Label)> Options,
        bool IsBoolean
    ) : ElicitedField(Name, Title, IsRequired, Default)
    {
        protected override Question Shape() => new("", Offered(Options), IsClosed: true);

        protected override (JsonElement? Value, string? Problem) ReadAnswer(ImmutableArray<string> answers) =>
            ValueOf(Options, answers[^1]) is { } value
                ? (IsBoolean ? JsonElement.Parse(value) : Json(value), null)
                : (null, "choose one of these");
    }

    private sealed record Choices(
        string Name,
        string Title,
        bool IsRequired,
        IList<string>? Given,
        ImmutableArray<(string Value, string Label)> Options,
        int? Least,
        int? Most
    ) : ElicitedField(Name, Title, IsRequired, Given is { Count: > 0 } ? string.Join(", ", Given) : null)
    {
        protected override Question Shape() => new("", Offered(Options), Multiple: true, IsClosed: true);

        protected override (JsonElement? Value, string? Problem) ReadAnswer(ImmutableArray<string> answers)
        {
            var values = answers.Select(answer => ValueOf(Options, answer)).OfType<string>().Distinct().ToList();
            var problem =
                values.Count < Least ? $"choose at least {Least}"
                : values.Count > Most ? $"choose at most {Most}"
                : null;
            return problem is null
                ? (JsonElement.Parse($"[{string.Join(',', values.Select(Quoted))}]"), null)
                : (null, problem);
        }
    }
}
