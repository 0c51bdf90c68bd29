"""Names of countries, French and English, as museums write them -> ISO 3166-1 alpha-2."""

from __future__ import annotations

from functools import lru_cache

from museosciences.values.text import fold

# Code, then the names in French and English (and some of the country's own), "|" between.
_TABLE = """
AD Andorre|Andorra
AE Émirats arabes unis|United Arab Emirates
AF Afghanistan
AL Albanie|Albania
AM Arménie|Armenia
AO Angola
AQ Antarctique|Antarctica
AR Argentine|Argentina
AT Autriche|Austria|Österreich
AU Australie|Australia
AZ Azerbaïdjan|Azerbaijan
BA Bosnie-Herzégovine|Bosnia and Herzegovina
BB Barbade|Barbados
BD Bangladesh
BE Belgique|Belgium|België
BF Burkina Faso|Haute-Volta
BG Bulgarie|Bulgaria
BI Burundi
BJ Bénin|Benin|Dahomey
BN Brunei
BO Bolivie|Bolivia
BR Brésil|Brazil|Brasil
BS Bahamas
BT Bhoutan|Bhutan
BW Botswana
BY Biélorussie|Belarus
BZ Belize
CA Canada
CD République démocratique du Congo|Democratic Republic of the Congo|Zaïre|Zaire
CF République centrafricaine|Centrafrique|Central African Republic
CG Congo|République du Congo
CH Suisse|Switzerland|Schweiz|Svizzera
CI Côte d'Ivoire|Ivory Coast
CL Chili|Chile
CM Cameroun|Cameroon
CN Chine|China
CO Colombie|Colombia
CR Costa Rica
CU Cuba
CV Cap-Vert|Cape Verde
CY Chypre|Cyprus
CZ Tchéquie|République tchèque|Czech Republic|Czechia
DE Allemagne|Germany|Deutschland
DJ Djibouti
DK Danemark|Denmark|Danmark
DO République dominicaine|Dominican Republic
DZ Algérie|Algeria
EC Équateur|Ecuador
EE Estonie|Estonia
EG Égypte|Egypt
ER Érythrée|Eritrea
ES Espagne|Spain|España
ET Éthiopie|Ethiopia|Abyssinie
FI Finlande|Finland
FJ Fidji|Fiji
FR France
GA Gabon
GB Royaume-Uni|United Kingdom|Grande-Bretagne|Great Britain|UK
GB Angleterre|England|Écosse|Scotland|Pays de Galles|Wales
GE Géorgie|Georgia
GF Guyane française|French Guiana
GH Ghana
GL Groenland|Greenland
GM Gambie|Gambia
GN Guinée|Guinea
GP Guadeloupe
GQ Guinée équatoriale|Equatorial Guinea
GR Grèce|Greece
GT Guatemala
GW Guinée-Bissau|Guinea-Bissau
GY Guyana
HN Honduras
HR Croatie|Croatia
HT Haïti|Haiti
HU Hongrie|Hungary
ID Indonésie|Indonesia
IE Irlande|Ireland
IL Israël|Israel
IN Inde|India
IQ Irak|Iraq
IR Iran|Perse|Persia
IS Islande|Iceland
IT Italie|Italy|Italia
JM Jamaïque|Jamaica
JO Jordanie|Jordan
JP Japon|Japan
KE Kenya
KG Kirghizistan|Kyrgyzstan
KH Cambodge|Cambodia
KM Comores|Comoros
KP Corée du Nord|North Korea
KR Corée du Sud|South Korea
KW Koweït|Kuwait
KZ Kazakhstan
LA Laos
LB Liban|Lebanon
LI Liechtenstein
LK Sri Lanka|Ceylan|Ceylon
LR Liberia|Libéria
LS Lesotho
LT Lituanie|Lithuania
LU Luxembourg
LV Lettonie|Latvia
LY Libye|Libya
MA Maroc|Morocco
MC Monaco
MD Moldavie|Moldova
ME Monténégro|Montenegro
MG Madagascar
MK Macédoine du Nord|North Macedonia
ML Mali|Soudan français
MM Birmanie|Myanmar|Burma
MN Mongolie|Mongolia
MQ Martinique
MR Mauritanie|Mauritania
MT Malte|Malta
MU Maurice|Île Maurice|Mauritius
MW Malawi
MX Mexique|Mexico|México
MY Malaisie|Malaysia
MZ Mozambique
NA Namibie|Namibia
NC Nouvelle-Calédonie|New Caledonia
NE Niger
NG Nigeria|Nigéria
NI Nicaragua
NL Pays-Bas|Netherlands|Nederland|Holland|Hollande
NO Norvège|Norway|Norge
NP Népal|Nepal
NZ Nouvelle-Zélande|New Zealand
OM Oman
PA Panama
PE Pérou|Peru|Perú
PF Polynésie française|French Polynesia
PG Papouasie-Nouvelle-Guinée|Papua New Guinea
PH Philippines
PK Pakistan
PL Pologne|Poland|Polska
PS Palestine
PT Portugal
PY Paraguay
QA Qatar
RE La Réunion|Réunion
RO Roumanie|Romania|România
RS Serbie|Serbia
RU Russie|Russia|Fédération de Russie
RW Rwanda
SA Arabie saoudite|Saudi Arabia
SB Îles Salomon|Solomon Islands
SC Seychelles
SD Soudan|Sudan
SE Suède|Sweden|Sverige
SG Singapour|Singapore
SI Slovénie|Slovenia
SK Slovaquie|Slovakia
SL Sierra Leone
SM Saint-Marin|San Marino
SN Sénégal|Senegal
SO Somalie|Somalia
SR Suriname|Surinam
SS Soudan du Sud|South Sudan
SV Salvador|El Salvador
SY Syrie|Syria
SZ Eswatini|Swaziland
TD Tchad|Chad
TG Togo
TH Thaïlande|Thailand|Siam
TJ Tadjikistan|Tajikistan
TL Timor oriental|East Timor
TM Turkménistan|Turkmenistan
TN Tunisie|Tunisia
TO Tonga
TR Turquie|Turkey|Türkiye
TT Trinité-et-Tobago|Trinidad and Tobago
TW Taïwan|Taiwan
TZ Tanzanie|Tanzania
UA Ukraine
UG Ouganda|Uganda
US États-Unis|États-Unis d'Amérique|Etats-Unis|United States|United States of America|USA|U.S.A.
UY Uruguay
UZ Ouzbékistan|Uzbekistan
VA Vatican
VE Venezuela
VN Viêt Nam|Vietnam|Viet Nam|Annam|Tonkin
VU Vanuatu|Nouvelles-Hébrides
WF Wallis-et-Futuna
WS Samoa
YE Yémen|Yemen
YT Mayotte
ZA Afrique du Sud|South Africa
ZM Zambie|Zambia
ZW Zimbabwe
"""

_CODES: dict[str, str] = {
    fold(name): line[:2] for line in _TABLE.strip().splitlines() for name in line[3:].split("|")
}


@lru_cache(maxsize=4096)
def country_code(name: str) -> str | None:
    """The code of a country, or None. Case and accents do not matter.

    >>> country_code("ÉGYPTE"), country_code("Autun")
    ('EG', None)
    """
    return _CODES.get(fold(name.strip().rstrip(".")) if name != "U.S.A." else "u.s.a.")
