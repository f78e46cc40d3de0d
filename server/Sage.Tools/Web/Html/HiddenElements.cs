using System.Buffers;
using System.Globalization;
using AngleSharp.Dom;

namespace Sage.Tools.Web.Html;

/// <summary>
/// What of a page is not for reading: what browsers do not show, where instructions for models like to hide, and what is on every
/// page of a site. Style sheets are not read, so what only they hide is seen.
/// </summary>
internal static class HiddenElements
{
    private static readonly HashSet<string> NotProse = new(StringComparer.Ordinal)
    {
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "video",
        "audio",
        "head",
        "title",
        "input",
        "button",
        "select",
        "textarea",
        "datalist",
        "dialog",
        "menu",
        "nav",
        "footer",
    };

    private static readonly HashSet<string> NotProseRoles = new(StringComparer.OrdinalIgnoreCase)
    {
        "navigation",
        "search",
        "menu",
        "menubar",
        "dialog",
        "alertdialog",
        "contentinfo",
        "toolbar",
    };

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.-+");

    private static readonly string[] HidingClasses = ["sr-only", "visually-hidden", "screen-reader-text"];

    /// <summary>True for what is neither shown nor part of what a page says.</summary>
    public static bool SaysNothing(IElement element) => IsNotProse(element) || IsHidden(element);

    /// <summary>True for scripts, controls and what leads around a site.</summary>
    public static bool IsNotProse(IElement element) =>
        NotProse.Contains(element.LocalName)
        || element.GetAttribute("role") is { } role && NotProseRoles.Contains(role.Trim());

    /// <summary>True for words that a browser would not show.</summary>
    public static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden")?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) == true
        || element.GetAttribute("width")?.Trim() is "0" or "0px"
        || element.GetAttribute("height")?.Trim() is "0" or "0px"
        || element.GetAttribute("class") is { } classes
            && HidingClasses.Any(hiding => classes.Split(' ').Contains(hiding, StringComparer.OrdinalIgnoreCase))
        || element.GetAttribute("style") is { Length: > 0 } style && Hides(style);

    private static bool Hides(string style)
    {
        foreach (var declaration in style.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            var value = declaration[(colon + 1)..].Replace("!important", "", StringComparison.OrdinalIgnoreCase);
            if (Hides(declaration[..colon].Trim().ToLowerInvariant(), value.Trim().ToLowerInvariant()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Hides(string property, string value) =>
        property switch
        {
            "display" => value == "none",
            "visibility" or "content-visibility" => value is "hidden" or "collapse",
            "opacity" => NumberOf(value) is < 0.1,
            "font-size" => NumberOf(value) is < 2 && !value.EndsWith("em", StringComparison.Ordinal)
                || NumberOf(value) is < 0.15,
            "width" or "height" or "max-width" or "max-height" => NumberOf(value) is 0 or 1
                && !value.EndsWith("em", StringComparison.Ordinal)
                && !value.EndsWith('%')
                || NumberOf(value) is 0,
            "text-indent" or "left" or "top" or "right" or "bottom" or "margin-left" or "margin-top" => NumberOf(value)
                is < -900,
            "clip" or "clip-path" => value.Contains("rect(0", StringComparison.Ordinal)
                || value.Contains("rect(1px", StringComparison.Ordinal)
                || value.Contains("inset(50%", StringComparison.Ordinal)
                || value.Contains("inset(100%", StringComparison.Ordinal),
            "transform" => value.Contains("scale(0)", StringComparison.Ordinal),
            "color" or "-webkit-text-fill-color" => value is "transparent",
            _ => false,
        };

    private static double? NumberOf(string value)
    {
        var end = value.AsSpan().IndexOfAnyExcept(Digits);
        return double.TryParse(
            end < 0 ? value : value[..end],
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
    }
}
