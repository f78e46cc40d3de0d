using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Supervision;

/// <summary>The walls that a client asks its supervisor for.</summary>
/// <param name="Walls">What the command may touch.</param>
/// <param name="Pretended">For tests: an older kernel than there is.</param>
internal sealed record WallRequest(CommandWalls Walls, KernelFeatures? Pretended = null)
{
    public static WallRequest? Parse(string text) => JsonSerializer.Deserialize(text, WallJson.Default.WallRequest);

    public override string ToString() => JsonSerializer.Serialize(this, WallJson.Default.WallRequest);
}

/// <summary>The words of the supervisor's last argument.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(WallRequest))]
internal sealed partial class WallJson : JsonSerializerContext;
