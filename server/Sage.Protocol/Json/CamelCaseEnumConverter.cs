using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sage.Protocol.Json;

/// <summary>Writes enum members the way TypeScript unions read: <c>autoEdit</c>, not <c>AutoEdit</c> or 1.</summary>
public sealed class CamelCaseEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
