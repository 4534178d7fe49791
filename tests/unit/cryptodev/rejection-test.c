/*
 * Tests of RSA's implicit rejection, without a device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Keys and vectors are OpenSSL's, of the file
 * test/recipes/30-test_evp_data/evppkey_rsa_common.txt of version 3.2; version
 * 4.0.0 made the key of 1104 bits, and decrypted random numbers with it.
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define RSA_SERVICE CRYPTODEV_SERVICE_RSA

typedef struct Vector {
    const char *ciphertext;
    const char *message;
} Vector;

static const char key_2048[] =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIIEowIBAAKCAQEAyMyDlxQJjaVsqiNkD5PciZfBY3KWj8Gwxt9RE8HJTosh5IrS\n"
    "KX5lQZARtObY9ec7G3iyV0ADIdHva2AtTsjOjRQclJBetK0wZjmkkgZTS25/JgdC\n"
    "Ppff/RM8iNchOZ3vvH6WzNy9fzquH+iScSv7SSmBfVEWZkQKH6y3ogj16hZZEK3Y\n"
    "o/LUlyAjYMy2MgJPDQcWnBkY8xb3lLFDrvVOyHUipMApePlomYC/+/ZJwwfoGBm/\n"
    "+IQJY41IvZS+FStZ/2SfoL1inQ/6GBPDq/S1a9PC6lRl3/oUWJKSqdiiStJr5+4F\n"
    "EHQbY4LUPIPVv6QKRmE9BivkRVF9vK8MtOGnaQIDAQABAoIBABRVAQ4PLVh2Y6Zm\n"
    "pv8czbvw7dgQBkbQKgI5IpCJksStOeVWWSlybvZQjDpxFY7wtv91HTnQdYC7LS8G\n"
    "MhBELQYD/1DbvXs1/iybsZpHoa+FpMJJAeAsqLWLeRmyDt8yqs+/Ua20vEthubfp\n"
    "aMqk1XD3DvGNgGMiiJPkfUOe/KeTJZvPLNEIo9hojN8HjnrHmZafIznSwfUiuWlo\n"
    "RimpM7quwmgWJeq4T05W9ER+nYj7mhmc9xAj4OJXsURBszyE07xnyoAx0mEmGBA6\n"
    "egpAhEJi912IkM1hblH5A1SI/W4Jnej/bWWk/xGCVIB8n1jS+7qLoVHcjGi+NJyX\n"
    "eiBOBMECgYEA+PWta6gokxvqRZuKP23AQdI0gkCcJXHpY/MfdIYColY3GziD7UWe\n"
    "z5cFJkWe3RbgVSL1pF2UdRsuwtrycsf4gWpSwA0YCAFxY02omdeXMiL1G5N2MFSG\n"
    "lqn32MJKWUl8HvzUVc+5fuhtK200lyszL9owPwSZm062tcwLsz53Yd0CgYEAznou\n"
    "O0mpC5YzChLcaCvfvfuujdbcA7YUeu+9V1dD8PbaTYYjUGG3Gv2crS00Al5WrIaw\n"
    "93Q+s14ay8ojeJVCRGW3Bu0iF15XGMjHC2cD6o9rUQ+UW+SOWja7PDyRcytYnfwF\n"
    "1y2AkDGURSvaITSGR+xylD8RqEbmL66+jrU2sP0CgYB2/hXxiuI5zfHfa0RcpLxr\n"
    "uWjXiMIZM6T13NKAAz1nEgYswIpt8gTB+9C+RjB0Q+bdSmRWN1Qp1OA4yiVvrxyb\n"
    "3pHGsXt2+BmV+RxIy768e/DjSUwINZ5OjNalh9e5bWIh/X4PtcVXXwgu5XdpeYBx\n"
    "sru0oyI4FRtHMUu2VHkDEQKBgQCZiEiwVUmaEAnLx9KUs2sf/fICDm5zZAU+lN4a\n"
    "AA3JNAWH9+JydvaM32CNdTtjN3sDtvQITSwCfEs4lgpiM7qe2XOLdvEOp1vkVgeL\n"
    "9wH2fMaz8/3BhuZDNsdrNy6AkQ7ICwrcwj0C+5rhBIaigkgHW06n5W3fzziC5FFW\n"
    "FHGikQKBgGQ790ZCn32DZnoGUwITR++/wF5jUfghqd67YODszeUAWtnp7DHlWPfp\n"
    "LCkyjnRWnXzvfHTKvCs1XtQBoaCRS048uwZITlgZYFEWntFMqi76bqBE4FTSYUTM\n"
    "FinFUBBVigThM/RLfCRNrCW/kTxXuJDuSfVIJZzWNAT+9oWdz5da\n"
    "-----END RSA PRIVATE KEY-----\n";

static const Vector vectors_2048[] = {
    /* A right padding. */
    {
        "8bfe264e85d3bdeaa6b8851b8e3b956ee3d226fd3f69063a86880173a273d9f2"
        "83b2eebdd1ed35f7e02d91c571981b6737d5320bd8396b0f3ad5b019daec1b0a"
        "ab3cbbc026395f4fd14f13673f2dfc81f9b660ec26ac381e6db3299b4e460b43"
        "fab9955df2b3cfaa20e900e19c856238fd371899c2bf2ce8c868b76754e5db3b"
        "036533fd603746be13c10d4e3e6022ebc905d20c2a7f32b215a4cd53b3f44ca1"
        "c327d2c2b651145821c08396c89071f665349c25e44d2733cd9305985ceef643"
        "0c3cf57af5fa224089221218fa34737c79c446d28a94c41c96e4e92ac53fbcf3"
        "84dea8419ea089f8784445a492c812eb0d409467f75afd7d4d1078886205a066",
        "6c6f72656d20697073756d20646f6c6f722073697420616d6574",
    },
    /* No message. */
    {
        "20aaa8adbbc593a924ba1c5c7990b5c2242ae4b99d0fe636a19a4cf754edbcee"
        "774e472fe028160ed42634f8864900cb514006da642cae6ae8c7d087caebcfa6"
        "dad1551301e130344989a1d462d4164505f6393933450c67bc6d39d8f5160907"
        "cabc251b737925a1cf21e5c6aa5781b7769f6a2a583d97cce008c0f8b6add5f0"
        "b2bd80bee60237aa39bb20719fe75749f4bc4e42466ef5a861ae3a92395c7d85"
        "8d430bfe38040f445ea93fa2958b503539800ffa5ce5f8cf51fa8171a91f36cb"
        "4f4575e8de6b4d3f096ee140b938fd2f50ee13f0d050222e2a72b0a3069ff3a6"
        "738e82c87090caa5aed4fcbe882c49646aa250b98f12f83c8d528113614a29e7",
        "",
    },
    /* The longest message. */
    {
        "48cceab10f39a4db32f60074feea473cbcdb7accf92e150417f76b44756b190e"
        "843e79ec12aa85083a21f5437e7bad0a60482e601198f9d86923239c8786ee72"
        "8285afd0937f7dde12717f28389843d7375912b07b991f4fdb0190fced8ba665"
        "314367e8c5f9d2981d0f5128feeb46cb50fc237e64438a86df198dd0209364ae"
        "3a842d77532b66b7ef263b83b1541ed671b120dfd660462e2107a4ee7b964e73"
        "4a7bd68d90dda61770658a3c242948532da32648687e0318286473f675b412d6"
        "468f013f14d760a358dfcad3cda2afeec5e268a37d250c37f722f468a70dfd92"
        "d7294c3c1ee1e7f8843b7d16f9f37ef35748c3ae93aa155cdcdfeb4e78567303",
        "22d850137b9eebe092b24f602dc5bb7918c16bd89ddbf20467b119d205f9c2e4"
        "bd7d2592cf1e532106e0f33557565923c73a02d4f09c0c22bea89148183e6031"
        "7f7028b3aa1f261f91c979393101d7e15f4067e63979b32751658ef769610fe9"
        "7cf9cef3278b3117d384051c3b1d82c251c2305418c8f6840530e631aad63e70"
        "e20e025bcd8efb54c92ec6d3b106a2f8e64eeff7d38495b0fc50c97138af4b1c"
        "0a67a1c4e27b077b8439332edfa8608dfeae653cd6a628ac550395f7e74390e4"
        "2c11682234870925eeaa1fa71b76cf1f2ee3bda69f6717033ff8b7c95c9799e7"
        "a3bea5e7e4a1c359772fb6b1c6e6c516661dfe30c3",
    },
    /* The last length is too long. */
    {
        "1439e08c3f84c1a7fec74ce07614b20e01f6fa4e8c2a6cffdc3520d8889e5d9a"
        "950c6425798f85d4be38d300ea5695f13ecd4cb389d1ff5b82484b494d6280ab"
        "7fa78e645933981cb934cce8bfcd114cc0e6811eefa47aae20af638a1cd163d2"
        "d3366186d0a07df0c81f6c9f3171cf3561472e98a6006bf75ddb457bed036dcc"
        "e199369de7d94ef2c68e8467ee0604eea2b3009479162a7891ba5c40cab17f49"
        "e1c438cb6eaea4f76ce23cce0e483ff0e96fa790ea15be67671814342d0a23f4"
        "a20262b6182e72f3a67cd289711503c85516a9ed225422f98b116f1ab080a80a"
        "bd6f0216df88d8cfd67c139243be8dd78502a7aaf6bc99d7da71bcdf627e7354",
        "0f9b",
    },
    /* The last two lengths are too long. */
    {
        "1690ebcceece2ce024f382e467cf8510e74514120937978576caf684d4a02ad5"
        "69e8d76cbe365a060e00779de2f0865ccf0d923de3b4783a4e2c74f422e2f326"
        "086c390b658ba47f31ab013aa80f468c71256e5fa5679b24e83cd82c3d1e05e3"
        "98208155de2212993cd2b8bab6987cf4cc1293f19909219439d74127545e9ed8"
        "a706961b8ee2119f6bfacafbef91b75a789ba65b8b833bc6149cf49b5c4d2c63"
        "59f62808659ba6541e1cd24bf7f7410486b5103f6c0ea29334ea6f4975b17387"
        "474fe920710ea61568d7b7c0a7916acf21665ad5a31c4eabcde44f8fb6120d84"
        "57afa1f3c85d517cda364af620113ae5a3c52a048821731922737307f77a1081",
        "4f02",
    },
    /* The first byte is 1. */
    {
        "9b2ec9c0c917c98f1ad3d0119aec6be51ae3106e9af1914d48600ab6a2c0c0c8"
        "ae02a2dc3039906ff3aac904af32ec798fd65f3ad1afa2e69400e7c1de81f572"
        "8f3b3291f38263bc7a90a0563e43ce7a0d4ee9c0d8a716621ca5d3d081188769"
        "ce1b131af7d35b13dea99153579c86db31fe07d5a2c14d621b77854e48a8df41"
        "b5798563af489a291e417b6a334c63222627376118c02c53b6e86310f728734f"
        "fc86ef9d7c8bf56c0c841b24b82b59f51aee4526ba1c4268506d301e4ebc498c"
        "6aebb6fd5258c876bf900bac8ca4d309dd522f6a6343599a8bc3760f422c10c7"
        "2d0ad527ce4af1874124ace3d99bb74db8d69d2528db22c3a37644640f95c05f",
        "a1f8c9255c35cfba403ccc",
    },
    /* No zero ends the padding. */
    {
        "3d1b97e7aa34eaf1f4fc171ceb11dcfffd9a46a5b6961205b10b302818c1fcc9"
        "f4ec78bf18ea0cee7e9fa5b16fb4c611463b368b3312ac11cf9c06b7cf72b54e"
        "284848a508d3f02328c62c2999d0fb60929f81783c7a256891bc2ff4d91df2af"
        "96a24fc5701a1823af939ce6dbdc510608e3d41eec172ad2d51b9fc61b4217c9"
        "23cadcf5bac321355ef8be5e5f090cdc2bd0c697d9058247db3ad613fdce87d2"
        "955a6d1c948a5160f93da21f731d74137f5d1f53a1923adb513d2e6e1589d44c"
        "c079f4c6ddd471d38ac82d20d8b1d21f8d65f3b6907086809f4123e08d86fb38"
        "729585de026a485d8f0e703fd4772f6668febf67df947b82195fa3867e3a3065",
        "6f09a0b62699337c497b0b",
    },
};

static const char key_2049[] =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIIEpQIBAAKCAQEBVfiJVWoXdfHHp3hqULGLwoyemG7eVmfKs5uEEk6Q66dcHbCD\n"
    "rD5EO7qU3CNWD3XjqBaToqQ73HQm2MTq/mjIXeD+dX9uSbue1EfmAkMIANuwTOsi\n"
    "5/pXoY0zj7ZgJs20Z+cMwEDn02fvQDx78ePfYkZQCUYx8h6v0vtbyRX/BDeazRES\n"
    "9zLAtGYHwXjTiiD1LtpQny+cBAXVEGnoDM+UFVTQRwRnUFw89UHqCJffyfQAzssp\n"
    "j/x1M3LZ9pM68XTMQO2W1GcDFzO5f4zd0/krw6A+qFdsQX8kAHteT3UBEFtUTen6\n"
    "3N/635jftLsFuBmfP4Ws/ZH3qaCUuaOD9QSQlwIDAQABAoIBAQEZwrP1CnrWFSZ5\n"
    "1/9RCVisLYym8AKFkvMy1VoWc2F4qOZ/F+cFzjAOPodUclEAYBP5dNCj20nvNEyl\n"
    "omo0wEUHBNDkIuDOI6aUJcFf77bybhBu7/ZMyLnXRC5NpOjIUAjq6zZYWaIpT6OT\n"
    "e8Jr5WMy59geLBYO9jXMUoqnvlXmM6cj28Hha6KeUrKa7y+eVlT9wGZrsPwlSsvo\n"
    "DmOHTw9fAgeC48nc/CUg0MnEp7Y05FA/u0k+Gq/us/iL16EzmHJdrm/jmed1zV1M\n"
    "8J/IODR8TJjasaSIPM5iBRNhWvqhCmM2jm17ed9BZqsWJznvUVpEAu4eBgHFpVvH\n"
    "HfDjDt+BAoGBAYj2k2DwHhjZot4pUlPSUsMeRHbOpf97+EE99/3jVlI83JdoBfhP\n"
    "wN3sdw3wbO0GXIETSHVLNGrxaXVod/07PVaGgsh4fQsxTvasZ9ZegTM5i2Kgg8D4\n"
    "dlxa1A1agfm73OJSftfpUAjLECnLTKvR+em+38KGyWVSJV2n6rGSF473AoGBAN7H\n"
    "zxHa3oOkxD0vgBl/If1dRv1XtDH0T+gaHeN/agkf/ARk7ZcdyFCINa3mzF9Wbzll\n"
    "YTqLNnmMkubiP1LvkH6VZ+NBvrxTNxiWJfu+qx87ez+S/7JoHm71p4SowtePfC2J\n"
    "qqok0s7b0GaBz+ZcNse/o8W6E1FiIi71wukUyYNhAoGAEgk/OnPK7dkPYKME5FQC\n"
    "+HGrMsjJVbCa9GOjvkNw8tVYSpq7q2n9sDHqRPmEBl0EYehAqyGIhmAONxVUbIsL\n"
    "ha0m04y0MI9S0H+ZRH2R8IfzndNAONsuk46XrQU6cfvtZ3Xh3IcY5U5sr35lRn2c\n"
    "ut3H52XIWJ4smN/cJcpOyoECgYEAjM5hNHnPlgj392wkXPkbtJXWHp3mSISQVLTd\n"
    "G0MW8/mBQg3AlXi/eRb+RpHPrppk5jQLhgMjRSPyXXe2amb8PuWTqfGN6l32PtX3\n"
    "3+udILpppb71Wf+w7JTbcl9v9uq7o9SVR8DKdPA+AeweSQ0TmqCnlHuNZizOSjwP\n"
    "G16GF0ECgYEA+ZWbNMS8qM5IiHgbMbHptdit9dDT4+1UXoNn0/hUW6ZEMriHMDXv\n"
    "iBwrzeANGAn5LEDYeDe1xPms9Is2uNxTpZVhpFZSNALR6Po68wDlTJG2PmzuBv5t\n"
    "5mbzkpWCoD4fRU53ifsHgaTW+7Um74gWIf0erNIUZuTN2YrtEPTnb3k=\n"
    "-----END RSA PRIVATE KEY-----\n";

static const Vector vectors_2049[] = {
    /* The last two lengths are too long. */
    {
        "00b26f6404b82649629f2704494282443776929122e279a9cf30b0c6fe8122a0"
        "a9042870d97cc8ef65490fe58f031eb2442352191f5fbc311026b5147d32df91"
        "4599f38b825ebb824af0d63f2d541a245c5775d1c4b78630e4996cc5fe413d38"
        "455a776cf4edcc0aa7fccb31c584d60502ed2b77398f536e137ff7ba6430e925"
        "8e21c2db5b82f5380f566876110ac4c759178900fbad7ab70ea07b1daf7a1639"
        "cbb4196543a6cbe8271f35dddb8120304f6eef83059e1c5c5678710f904a6d76"
        "0c4d1d8ad076be17904b9e69910040b47914a0176fb7eea0c06444a6c4b86d67"
        "4d19a556a1de5490373cb01ce31bbd15a5633362d3d2cd7d4af1b4c5121288b8"
        "94",
        "42",
    },
    /* The second byte is 1. */
    {
        "00c5d77826c1ab7a34d6390f9d342d5dbe848942e2618287952ba0350d7de672"
        "6112e9cebc391a0fae1839e2bf168229e3e0d71d4161801509f1f28f6e1487ca"
        "52df05c466b6b0a6fbbe57a3268a970610ec0beac39ec0fa67babce1ef2a86bf"
        "77466dc127d7d0d2962c20e66593126f276863cd38dc6351428f884c1384f67c"
        "ad0a0ffdbc2af16711fb68dc559b96b37b4f04cd133ffc7d79c43c42ca4948fa"
        "895b9daeb853150c8a5169849b730cc77d68b0217d6c0e3dbf38d751a1998186"
        "633418367e7576530566c23d6d4e0da9b038d0bb5169ce40133ea076472d0550"
        "01f0135645940fd08ea44269af2604c8b1ba225053d6db9ab43577689401bdc0"
        "f3",
        "1ab287fcef3ff17067914d",
    },
};

/* A length can be 127 at most, and has the 8 bits of 128, its limit. */
static const char key_1104[] =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIICiQIBAAKBiwDFxwxaETguzkYRhvQL2KzD4V+mbWO9lTb2u3YH35xsdQG5RdG/\n"
    "dWPYcUKEHH6dAVq1UN4aFEiL8MyiwhSoSB0ZlTK/B5ZY1bj/SMmL5gPJJMTUpXcX\n"
    "w7hSjb+rCtGpsWoTDz4h82bEcT22pcpTdWnvomCfh2DjF3VQfuRBKd9kHtxh08iN\n"
    "+kud6WMCAwEAAQKBije/cJreqbB/0j5UhOvl6mTYXSbDRM8GhVSs6Is1m5jyrka0\n"
    "CHhoNXmoCzDD+2h0HkZnggNl3kEb4gKqpDn/AbzZUlGIaHgLE0ksb3IhGXIw2PAP\n"
    "+k12WMr2tfEouu07r9X5BFhsUubaRxmsOvsGh8Jk9LAhdxvonTMTdgsy/IkJQ9Y1\n"
    "Z8za2eZKOQJGAPsLjZ3whpf7hevEkVj+9MJ9A2aIP58znktsN3IvLDBPmZAiciKK\n"
    "VvnrIy5BytIyZHv0mcj+CSSH9zUKJqsfTdqLGXardQJGAMmuWgz+nnav3TRGj9km\n"
    "5iWKP1T9RRFxnq+C+d7ZvxSYLxvt0TEWN5ACVO7nrCPcDqKJIOg1qQ+su9oF2xGH\n"
    "AsiSntqedwJFXGykdsFWzB2N8H8uA9XZxsC/v7/prHMUlDADOcakPiUQJECKRK0p\n"
    "2Fj5Ws5eHYTv+bLT62ubchecq6pREi80OoF7nnUBAkYAmmjiiRBoQnZi5aMgfyFJ\n"
    "E3TFCEzglHppA/dDV1te8GWTq85oWyynXZprbH3zTYEts0NJ7n8m8NlO+Z2CG+lC\n"
    "OE4JUVgBAkVQHefdQYILCwoUxzcCIMSCqmIJgqhVs42IVMWWOVLOjvIEZBbEV2Hu\n"
    "hmRfhdCdeG+bB2oZ/rbAiQmrPj+S5ryXzAZCARw=\n"
    "-----END RSA PRIVATE KEY-----\n";

static const Vector vectors_1104[] = {
    /* The last length is too long for its eighth bit. */
    {
        "05442abc4110958d58efd3e9228773c3566e3513a381c0a309fcff24b4b14c21"
        "70b59a075bd2605fa2251576d17c00df60f48168c61deac090bbf228cccfce87"
        "5287dcad390220cf6d05bc96711b94181c998156786a4a30b35988af6beff6f6"
        "6e690018d054607556bb6cf55b94c3626ffdfde9b83f2765e49897dd2c5657ca"
        "2e040040fa1080ddbf55",
        "a404912de03da695080b7368",
    },
    /* The last length is too long for its eighth bit. */
    {
        "0237b5a8e423684aaf995bd9c558d634564dd1af0bcc620fe797935d7a6d2489"
        "bf87d71141b196c9c3a3a92ac9ce037d0dc8b73b8c7dd6177e677a066b6aae8b"
        "db460dfdb0c478b7851dc6bd625f38f837073af4b784d517b23ac3b8cebea4e0"
        "41c25d5e18f34c392f6a922fb3c51d59052412b6a1012f1dd1c85f5b8e74881f"
        "759cd8dff23bd9a67d20",
        "f75c9a9aa6de0e0698f13eef875910c88a6fc3ef6aa792aea4a111",
    },
    /* The last length is short enough. */
    {
        "1babf196d9806fa82fef26805f29aefc46bea1ec772f9d76aa169ccd2653e673"
        "fae0a79be1feb0bf370686bea420b22dae1216b1d05e9f94505e28d3cb7b73fb"
        "c5535ef52e6df86f84bf614a6ccde34a6d61c779cc80ce7ab51020a4c9f47762"
        "c5ea0075eccfdb72ea42a69f7b058ed001200203fd58082eff1ee88635da8989"
        "8c70d2289d84c290ece1",
        "fb9f01ea6c",
    },
};

/* Uses a backend of the test's own. */
static void start(const char *type, bool rejects)
{
    Object *backend = object_new(type);

    object_property_set_bool(backend, "rsa-implicit-rejection", rejects,
                             &error_abort);
    user_creatable_complete(USER_CREATABLE(backend), &error_abort);
    backend_use(CRYPTODEV_BACKEND(backend));
}

static void stop(void)
{
    object_unref(OBJECT(backend_get()));
    backend_use(NULL);
}

static CryptoDevSession *create(const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    g_autoptr(EVP_PKEY) pkey = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    g_autofree char *n = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_N);
    g_autofree char *e = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_E);
    g_autofree char *d = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_D);

    BIO_free(bio);
    return session_new(RSA_SERVICE, CRYPTODEV_RSA_DECRYPT,
                       number(CRYPTODEV_RSA_PKCS1), n, e, d, "", "", "", "",
                       "", NULL);
}

static void check_vectors(const char *pem, const Vector *vectors, size_t n)
{
    CryptoDevSession *session = create(pem);

    for (size_t i = 0; i < n; i++) {
        g_auto(GStrv) results =
            compute(RSA_SERVICE, CRYPTODEV_RSA_DECRYPT, session,
                    vectors[i].ciphertext, NULL);

        g_assert_cmpint(g_strv_length(results), ==, 1);
        check_result(results[0], vectors[i].message);
    }
    session_free(session);
}

static void test_vectors(const void *type)
{
    start(type, true);
    check_vectors(key_2048, vectors_2048, ARRAY_SIZE(vectors_2048));
    check_vectors(key_2049, vectors_2049, ARRAY_SIZE(vectors_2049));
    check_vectors(key_1104, vectors_1104, ARRAY_SIZE(vectors_1104));
    stop();
}

static void fail(CryptoDevSession *session, const char *ciphertext)
{
    g_assert_cmpint(compute_fail(RSA_SERVICE, CRYPTODEV_RSA_DECRYPT, session,
                                 ciphertext, NULL), ==, CRYPTODEV_ERR);
}

/* The first one has the right padding. */
static void test_off(const void *type)
{
    CryptoDevSession *session;

    start(type, false);
    session = create(key_2048);
    for (size_t i = 1; i < ARRAY_SIZE(vectors_2048); i++) {
        fail(session, vectors_2048[i].ciphertext);
    }
    session_free(session);
    stop();
}

/* A ciphertext of wrong length or size is an error: it reveals nothing. */
static void test_no_ciphertext(const void *type)
{
    g_autofree char *large = g_strnfill(2048 / 4, 'f');
    CryptoDevSession *session;

    start(type, true);
    session = create(key_2048);
    fail(session, large);
    fail(session, vectors_2048[0].ciphertext + 2);
    session_free(session);
    stop();
}

/* Sessions of one backend do not differ. */
static void test_settled(const void *type)
{
    Object *backend = object_new(type);

    user_creatable_complete(USER_CREATABLE(backend), &error_abort);
    g_assert_false(object_property_set_bool(backend, "rsa-implicit-rejection",
                                            true, NULL));
    g_assert_false(object_property_get_bool(backend, "rsa-implicit-rejection",
                                            &error_abort));
    object_unref(backend);
}

static void add(const char *type, const char *name, void (*run)(const void *))
{
    g_autofree char *path =
        g_strconcat("/compute/rejection/", type, "/", name, NULL);

    g_test_add_data_func(path, type, run);
}

static void add_tests(const char *type)
{
    if (object_class_by_name(type)) {
        add(type, "vectors", test_vectors);
        add(type, "off", test_off);
        add(type, "no-ciphertext", test_no_ciphertext);
        add(type, "settled", test_settled);
    }
}

void add_rejection_tests(void)
{
    add_tests(TYPE_CRYPTODEV_BACKEND_GCRYPT);
    add_tests(TYPE_CRYPTODEV_BACKEND_OPENSSL);
}
