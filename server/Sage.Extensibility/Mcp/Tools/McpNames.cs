using System.Security.Cryptography;
using System.Text;

namespace Sage.Extensibility.Mcp.Tools;

/// <summary>
/// Names that every model provider takes, and that rules can tell apart: <c>mcp__server__tool</c>. A server's own name never
/// holds two underscores in a row, so that no server's tools look like another's.
/// </summary>
internal static class McpNames
{
    private const int MostOfServer = 24;
    private const int MostOfTool = 64;
    private const int PrintLength = 8;

    public static string Server(string name)
    {
        var clean = Clean(name);
        while (clean.Contains("__", StringComparison.Ordinal))
        {
            clean = clean.Replace("__", "_", StringComparison.Ordinal);
        }

        clean = clean.Trim('_');
        return clean.Length == 0 ? "server" : Shorten(clean, MostOfServer, name).TrimEnd('_');
    }

    public static string Tool(string server, string tool)
    {
        var name = $"mcp__{server}__{Clean(tool)}";
        return Shorten(name, MostOfTool, tool);
    }

    /// <summary>Another name for a tool whose own is taken.</summary>
    public static string Another(string name, string tool) =>
        Shorten(name + new string('_', MostOfTool), MostOfTool, tool);

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            clean.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_');
        }

        return clean.ToString();
    }

    // What is cut off still counts.
    private static string Shorten(string name, int most, string whole)
    {
        if (name.Length <= most)
        {
            return name;
        }

        var print = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..PrintLength];
        return $"{name[..(most - PrintLength - 1)].TrimEnd('_')}_{print}";
    }
}
