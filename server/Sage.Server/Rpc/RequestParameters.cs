using System.Text.Json;
using Sage.Protocol;

namespace Sage.Server.Rpc;

/// <summary>Reads the parameters of a message into its request, and says which parameter is wrong when it cannot.</summary>
internal static class RequestParameters
{
    private const string MissingMarker = "including: ";

    public static T Read<T>(JsonElement? parameters)
        where T : class
    {
        var element = parameters ?? EmptyObject;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new SageException(
                ErrorCodes.InvalidParams,
                $"The parameters must be an object with named members, not {Describe(element.ValueKind)}."
            );
        }

        try
        {
            return element.Deserialize(WireJson.TypeInfo<T>())!;
        }
        catch (JsonException e)
        {
            throw new SageException(ErrorCodes.InvalidParams, Explain(e));
        }
    }

    private static JsonElement EmptyObject { get; } = JsonElement.Parse("{}");

    private static string Explain(JsonException e)
    {
        var where =
            e.Path is null or "$" ? ""
            : e.Path.StartsWith("$.", StringComparison.Ordinal) ? e.Path[2..]
            : e.Path;
        var missing = e.Message.IndexOf(MissingMarker, StringComparison.Ordinal);
        if (missing >= 0)
        {
            var names = e.Message[(missing + MissingMarker.Length)..].TrimEnd('.');
            return where.Length == 0
                ? $"A required parameter is missing: {names}."
                : $"Parameter '{where}' lacks a required member: {names}.";
        }

        return where.Length == 0
            ? "The parameters do not have the expected shape."
            : $"Parameter '{where}' has the wrong type or an unknown value.";
    }

    private static string Describe(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "a truth value",
            _ => "nothing",
        };
}
