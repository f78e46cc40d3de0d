namespace Sage.Extensibility.Mcp.SigningIn;

/// <summary>A server wants the user to sign in, and that is not to be; the message goes on "…, because".</summary>
internal sealed class SignInException(string message) : Exception(message)
{
    /// <summary>The one in an error, however deep others have put it.</summary>
    public static SignInException? In(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is SignInException found)
            {
                return found;
            }
        }

        return null;
    }
}
