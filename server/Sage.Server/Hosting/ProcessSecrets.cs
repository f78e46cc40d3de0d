using System.Collections;
using System.Text.RegularExpressions;
using Sage.Agent.Secrets;
using Sage.Protocol;
using Sage.Storage.Settings;

namespace Sage.Server.Hosting;

/// <summary>What this process knows to be secret when it starts: values in its environment whose names say so.</summary>
internal static partial class ProcessSecrets
{
    // What a name calls a secret may be a word that occurs everywhere; keys of models are hidden whatever their length.
    private const int ShortestUnlessKey = 12;

    public static SecretRedaction Find(IDictionary environment, SettingsFile settings)
    {
        var secrets = new SecretRedaction { HidesShapes = HidesShapes(settings) };
        foreach (DictionaryEntry variable in environment)
        {
            if (variable is { Key: string name, Value: string value } && IsSecret(name, value))
            {
                secrets.Add(value);
            }
        }

        return secrets;
    }

    private static bool IsSecret(string name, string value) =>
        name.EndsWith("_API_KEY", StringComparison.OrdinalIgnoreCase)
        || (value.Length >= ShortestUnlessKey && value[0] is not ('/' or '~' or '.') && SecretName().IsMatch(name));

    // What cannot be read hides as much as what says nothing; whoever needs the settings says why they cannot be read.
    private static bool HidesShapes(SettingsFile settings)
    {
        try
        {
            return settings.Read().Secrets?.HideShapes ?? true;
        }
        catch (SageException)
        {
            return true;
        }
    }

    [GeneratedRegex(
        "(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|ACCESS_KEY|PRIVATE_KEY|AUTH_KEY|CREDENTIALS?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex SecretName();
}
