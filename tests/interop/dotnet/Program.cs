using System;
using System.IO;

namespace Sfmkit.Interop;

internal static class Program
{
    private const string Usage = """
        usage: envelope encrypt IN OUT CERTIFICATE EXTENSION
               envelope decrypt IN OUT KEY.pem EXTENSION
               envelope get URL AUTHORITY.pem
               envelope example PLAIN SEALED CERTIFICATE URL SESSION
               envelope batch LIST    (one such command a line, words divided by tabs)
        """;

    private static int Main(string[] arguments)
    {
        if (arguments is ["batch", var list])
        {
            int failed = 0;
            foreach (string line in File.ReadLines(list))
            {
                failed += Run(line.Split('\t')) == 0 ? 0 : 1;
            }

            return failed == 0 ? 0 : 1;
        }

        return Run(arguments);
    }

    private static int Run(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case ["encrypt", var input, var output, var certificate, var extension]:
                    Envelope.Encrypt(input, output, certificate, extension);
                    return 0;
                case ["decrypt", var input, var output, var key, var extension]:
                    Envelope.Decrypt(input, output, key, extension);
                    return 0;
                case ["get", var url, var authority]:
                    Console.WriteLine(SecureRequest.Get(url, authority));
                    return 0;
                case ["example", .. var given]:
                    return Encoder.Main(given);
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"{string.Join(' ', arguments)}: {error.Message}");
            return 1;
        }
    }
}
