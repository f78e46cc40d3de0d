using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sage.Protocol.Tests.TypeScript;

/// <summary>The XML documentation of Sage.Protocol, as text for JSDoc.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocs(Dictionary<string, XElement> members) => _members = members;

    public static XmlDocs Load()
    {
        var file = Path.ChangeExtension(typeof(Methods).Assembly.Location, ".xml");
        return new XmlDocs(
            XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value)
        );
    }

    public string? OfType(Type type) => Summary("T:" + type.FullName);

    public string? OfField(Type type, string name) => Summary($"F:{type.FullName}.{name}");

    /// <summary>A positional record documents its properties as parameters of the type.</summary>
    public string? OfProperty(Type type, string name) =>
        Summary($"P:{type.FullName}.{name}")
        ?? (
            _members.TryGetValue("T:" + type.FullName, out var member)
                ? Text(member.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == name))
                : null
        );

    private string? Summary(string id) =>
        _members.TryGetValue(id, out var member) ? Text(member.Element("summary")) : null;

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(
                node switch
                {
                    XElement { Name.LocalName: "see" } see => $"`{Reference(see.Attribute("cref")!.Value)}`",
                    XElement { Name.LocalName: "paramref" } param => $"`{CamelCase(param.Attribute("name")!.Value)}`",
                    XElement code => $"`{code.Value}`",
                    XText plain => plain.Value,
                    _ => "",
                }
            );
        }
        var flat = Whitespace().Replace(text.ToString(), " ").Trim().Replace("*/", "* /", StringComparison.Ordinal);
        return flat.Length == 0 ? null : flat;
    }

    // T:Sage.Protocol.Events.TextDelta → TextDelta; F:Sage.Protocol.Methods.RunTurn → Methods.runTurn
    private static string Reference(string cref)
    {
        var parts = cref[2..].Split('.');
        return cref[0] == 'T' ? parts[^1] : $"{parts[^2]}.{CamelCase(parts[^1])}";
    }

    private static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
