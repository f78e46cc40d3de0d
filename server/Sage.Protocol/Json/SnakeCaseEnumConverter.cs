using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sage.Protocol.Json;

/// <summary>Writes enum members the way models write them: <c>in_progress</c>.</summary>
public sealed class SnakeCaseEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
